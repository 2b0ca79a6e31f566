package io.nelbo.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ModelReference;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegisteredSerdeTest {
  private static final ModelReference RECORD =
      new ModelReference("vae", 7L, "ab12", Instant.parse("2026-03-01T10:15:30.123Z"));

  private final StubRegistry stub;
  private final SchemaRegistry registry;
  private final AvroSerde<ModelReference> plain = AvroSerde.of(ModelReference.class);
  private final AvroSerde<ModelReference> registered;

  RegisteredSerdeTest() throws IOException {
    stub = new StubRegistry();
    stub.on("POST /subjects/models-value/versions", 200, "{\"id\":258}");
    registry = new SchemaRegistry(RegistrySettings.of(stub.url().toString()));
    registered = AvroSerde.of(ModelReference.class, registry);
  }

  @AfterEach
  void close() {
    registry.close();
    stub.close();
  }

  @Test
  void valueIsZeroTheIdAndTheAvroBinary() {
    byte[] single = plain.serializer().serialize("models", RECORD);

    byte[] bytes = registered.serializer().serialize("models", RECORD);

    assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 1, 2);
    assertThat(Arrays.copyOfRange(bytes, 5, bytes.length))
        .isEqualTo(Arrays.copyOfRange(single, 10, single.length));
  }

  @Test
  void bothFormatsAreRead() {
    byte[] single = plain.serializer().serialize("models", RECORD);
    byte[] confluent = registered.serializer().serialize("models", RECORD);

    assertThat(registered.deserializer().deserialize("models", single)).isEqualTo(RECORD);
    assertThat(registered.deserializer().deserialize("models", confluent)).isEqualTo(RECORD);
    assertThat(stub.asked).hasSize(1);
  }

  @Test
  void schemaOfAnotherIdIsLookedUpAndReadWith() {
    String other = ModelReference.getClassSchema().toString().replace("\"", "\\\"");
    stub.on("GET /schemas/ids/3", 200, "{\"schema\":\"" + other + "\"}");
    byte[] bytes = registered.serializer().serialize("models", RECORD);
    bytes[3] = 0;
    bytes[4] = 3;

    assertThat(registered.deserializer().deserialize("models", bytes)).isEqualTo(RECORD);
  }

  @Test
  void unknownIdIsNamed() {
    byte[] bytes = {0, 0, 0, 0, 9, 1};

    assertThatThrownBy(() -> registered.deserializer().deserialize("models", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("schema id 9");
  }

  @Test
  void withoutARegistryTheRemedyIsNamed() {
    byte[] bytes = registered.serializer().serialize("models", RECORD);

    assertThatThrownBy(() -> plain.deserializer().deserialize("models", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("schema id 258 of a schema registry: set schema.registry.url");
  }
}
