package io.nelbo.streams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.streams.TestModels;
import io.nelbo.streams.models.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a file, a command ends with a message for people. */
class DamagedFilesTest {
  private static final int DAMAGES = 60;
  private static final int ROWS = 15;

  @TempDir private Path directory;
  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".csv.gz", ".ndjson", ".avro"})
  void damagedRecordsEndInAMessage(String suffix) throws IOException {
    byte[] good = records(suffix);
    Path file = directory.resolve("records" + suffix);
    Path model = directory.resolve("model.avro");
    ModelFile.write(model, TestModels.version(1));

    for (int i = 0; i < DAMAGES; i++) {
      Files.write(file, damaged(good));
      assertEndsClearly(Run.of("score", "--model", model, "--file", file));
      assertEndsClearly(Run.of("fit", "--file", file, "--out", directory.resolve("out.avro")));
      assertEndsClearly(
          Run.of("evaluate", "--file", file, "--label", "label", "--detectors", "pca"));
    }
  }

  @Test
  void damagedModelsEndInAMessage() throws IOException {
    Path model = directory.resolve("model.avro");
    Path file = directory.resolve("records.csv");
    ModelFile.write(model, TestModels.version(1));
    byte[] good = Files.readAllBytes(model);
    Files.write(file, records(".csv"));

    for (int i = 0; i < DAMAGES; i++) {
      Files.write(model, damaged(good));
      assertEndsClearly(Run.of("score", "--model", model, "--file", file));
    }
  }

  @Test
  void lengthBeyondWhatJavaHoldsEndsInAMessage() throws IOException {
    Path container = directory.resolve("long.avro");
    Files.write(container, new byte[] {'O', 'b', 'j', 1, 2, 0, -128, -128, -128, -128, 16});

    assertEndsClearly(Run.of("fit", "--file", container, "--out", directory.resolve("out.avro")));
    assertEndsClearly(Run.of("score", "--model", container, "--file", container));
  }

  @Test
  void jsonNestedWithoutEndEndsInAMessage() throws IOException {
    Path file = directory.resolve("deep.ndjson");
    Files.writeString(file, "{\"a\":".repeat(100_000));

    assertEndsClearly(Run.of("fit", "--file", file, "--out", directory.resolve("out.avro")));
  }

  @Test
  void damagedSettingsEndInAMessage() throws IOException {
    byte[] good =
        """
        alert.rate=0.001
        window.duration=24h
        retrain.min.records=1000
        features.categorical=a,b
        value.schema=/no/such.avsc
        bootstrap.servers=localhost:9092
        """
            .getBytes(UTF_8);
    Path file = directory.resolve("nelbo.properties");

    for (int i = 0; i < DAMAGES; i++) {
      Files.write(file, damaged(good));
      Run run = Run.of("detect", "-c", file, "-o", "input.topic=not a topic");
      assertThat(run.exitCode()).isEqualTo(2);
      assertEndsClearly(run);
    }
  }

  private static void assertEndsClearly(Run run) {
    if (run.exitCode() != 0) {
      assertThat(run.exitCode()).as(run.err()).isIn(1, 2);
      String said = run.err() + run.out();
      assertThat(said).containsAnyOf("nelbo: ", "refused: ");
      assertThat(said).doesNotContain("\tat ", "(-v shows where)");
    }
  }

  /** Flips bits, cuts, leaves out, doubles, or puts a large number in. */
  private byte[] damaged(byte[] good) {
    int at = random.nextInt(good.length);
    int from = random.nextInt(good.length);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(good, at);
      case 1 -> joined(good, at, new byte[0], from);
      case 2 -> joined(good, at, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, at);
      case 3 -> joined(good, at, "\"\0,\u00e4\n{".getBytes(UTF_8), at);
      default -> {
        byte[] flipped = good.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        flipped[from] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
    };
  }

  private static byte[] joined(byte[] good, int to, byte[] between, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(good, 0, to);
    out.writeBytes(between);
    out.write(good, from, good.length - from);
    return out.toByteArray();
  }

  private static byte[] records(String suffix) throws IOException {
    StringBuilder csv = new StringBuilder("flow,running,name,label\n");
    StringBuilder ndjson = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      csv.append(i / 3.0).append(",true,\"n ").append(i).append("\",").append(i % 2).append('\n');
      ndjson.append("{\"flow\":%d,\"in\":{\"x\":[1.5]},\"label\":%b}\n".formatted(i, i > 9));
    }
    return switch (suffix) {
      case ".csv" -> csv.toString().getBytes(UTF_8);
      case ".csv.gz" -> zipped(csv.toString().getBytes(UTF_8));
      case ".ndjson" -> ndjson.toString().getBytes(UTF_8);
      default -> container();
    };
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private static byte[] container() throws IOException {
    Schema schema =
        SchemaBuilder.record("Row")
            .fields()
            .requiredDouble("flow")
            .requiredString("name")
            .requiredInt("label")
            .endRecord();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, out);
      for (int i = 0; i < ROWS; i++) {
        GenericRecord row = new GenericData.Record(schema);
        row.put("flow", i / 3.0);
        row.put("name", "n" + i);
        row.put("label", i % 2);
        writer.append(row);
      }
    }
    return out.toByteArray();
  }
}
