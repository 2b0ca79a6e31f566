package io.nelbo.streams.input;

import static io.nelbo.streams.input.Values.field;
import static io.nelbo.streams.input.Values.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedSchemasTest {
  private static final Schema OLD = reading(field("a", "'double'"));
  private static final Schema NEW = reading(field("a", "'double'"), field("b", "'double'"));

  @TempDir Path directory;

  @Test
  void versionsOfOneRecordAreAllKnownAndTheFirstIsThatOfBareValues() throws IOException {
    FixedSchemas schemas =
        FixedSchemas.read(List.of(file("new", NEW.toString()), file("old", OLD.toString())));

    assertThat(schemas.bare()).isEqualTo(NEW);
    assertThat(schemas.find(SchemaNormalization.parsingFingerprint64(NEW))).isEqualTo(NEW);
    assertThat(schemas.find(SchemaNormalization.parsingFingerprint64(OLD))).isEqualTo(OLD);
    assertThat(schemas.find(1)).isNull();
  }

  @Test
  void fileMayUseTheTypesOfTheFilesBeforeIt() throws IOException {
    String outer = "{\"type\":\"record\",\"name\":\"Outer\",\"fields\":[%s]}";
    Path later = file("outer", outer.formatted(field("r", "'Reading'").replace('\'', '"')));

    FixedSchemas schemas = FixedSchemas.read(List.of(file("reading", OLD.toString()), later));

    assertThat(schemas.bare()).isEqualTo(OLD);
  }

  @Test
  void everyFileThatCannotBeReadIsNamed() throws IOException {
    Path garbage = file("garbage", "{\"type\":");
    Path missing = directory.resolve("missing.avsc");

    assertThatThrownBy(() -> FixedSchemas.read(List.of(garbage, missing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(garbage + " is not an Avro schema")
        .hasMessageContaining(missing + " cannot be read");
  }

  @Test
  void chainAsksTheFirstThenTheSecond() {
    SchemaSource chain = FixedSchemas.of(List.of()).orElse(FixedSchemas.of(List.of(OLD)));

    assertThat(chain.bare()).isEqualTo(OLD);
    assertThat(chain.find(SchemaNormalization.parsingFingerprint64(OLD))).isEqualTo(OLD);
  }

  private Path file(String name, String json) throws IOException {
    return Files.writeString(directory.resolve(name + ".avsc"), json);
  }
}
