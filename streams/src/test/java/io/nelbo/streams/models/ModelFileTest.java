package io.nelbo.streams.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.Source;
import io.nelbo.streams.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("model.avro");
  }

  @Test
  void modelComesBack() throws IOException {
    ModelVersion version = TestModels.version(5);

    ModelFile.write(file, version);
    ModelVersion back = ModelFile.read(file);

    assertThat(back.version()).isEqualTo(5);
    assertThat(back.model().sha256()).isEqualTo(version.model().sha256());
  }

  @Test
  void newModelReplacesTheOldAndNothingElseStaysBehind() throws IOException {
    ModelFile.write(file, TestModels.version(5));

    ModelFile.write(file, TestModels.version(6));

    assertThat(ModelFile.read(file).version()).isEqualTo(6);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    ModelFile.write(file, TestModels.version(5));
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused("");
    }
  }

  @Test
  void flippedBitIsRefused() throws IOException {
    ModelFile.write(file, TestModels.version(5));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);

    assertRefused("");
  }

  @Test
  void fileThatIsNoContainerIsRefused() throws IOException {
    Files.writeString(file, "time,flow\n1,2\n");

    assertRefused("Not an Avro data file");
  }

  @Test
  void fileOfOtherRecordsIsRefused() throws IOException {
    write(Source.getClassSchema(), List.of(new Source("t", 0, 1L, Instant.EPOCH)));

    assertRefused("Source");
  }

  @Test
  void fileMustHoldExactlyOneModel() throws IOException {
    Model model = ModelRecords.toAvro(TestModels.version(1));

    write(Model.getClassSchema(), List.of());
    assertRefused("no record");
    write(Model.getClassSchema(), List.of(model, model));
    assertRefused("more than one");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  private void write(Schema schema, List<SpecificRecord> records) throws IOException {
    try (DataFileWriter<SpecificRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      for (SpecificRecord record : records) {
        writer.append(record);
      }
    }
  }
}
