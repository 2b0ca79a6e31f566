package io.nelbo.streams.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.streams.TestModels;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ModelDigestTest {
  private static final AvroSerde<Model> SERDE = AvroSerde.of(Model.class);

  private final byte[] published =
      SERDE.serializer().serialize("models", ModelRecords.toAvro(TestModels.version(3)));
  private final Headers headers = new RecordHeaders();

  @Test
  void everyByteThatIsFlippedIsRefused() {
    ModelDigest.addTo(headers, published);

    assertThat(entry(published).refusal()).isNull();
    for (int i = 0; i < published.length; i++) {
      byte[] flipped = published.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      assertThat(entry(flipped).refusal()).as("byte %d", i).isNotNull();
    }
  }

  @Test
  void everyCutIsRefused() {
    ModelDigest.addTo(headers, published);

    for (int length = 0; length < published.length; length++) {
      byte[] cut = Arrays.copyOf(published, length);
      assertThat(entry(cut).refusal()).as("%d bytes", length).isNotNull();
    }
  }

  @Test
  void recordWithoutADigestIsTakenForUndamaged() {
    assertThatCode(() -> ModelDigest.check(headers, published)).doesNotThrowAnyException();
  }

  @Test
  void digestOfOtherBytesIsNamedInTheRefusal() {
    ModelDigest.addTo(headers, new byte[3]);

    assertThatThrownBy(() -> ModelDigest.check(headers, published))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nelbo.sha256");
  }

  private ModelTopic.Entry entry(byte[] value) {
    return ModelTopic.entry(
        SERDE,
        new ConsumerRecord<>(
            "models",
            0,
            0,
            0,
            TimestampType.CREATE_TIME,
            3,
            value.length,
            "vae".getBytes(UTF_8),
            value,
            headers,
            Optional.empty()));
  }
}
