package io.nelbo.bench.fuzz;

import io.nelbo.streams.models.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Good files of every format that commands read: few rows, so that nothing takes long. */
final class SampleFiles {
  private static final int ROWS = 15;

  private SampleFiles() {}

  /** The files' bytes by what their names end with. */
  static Map<String, byte[]> records(long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("level,flow,name,label\n");
    StringBuilder ndjson = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      double level = random.nextGaussian();
      csv.append(level)
          .append(",")
          .append(i)
          .append(",\"a \"\"b\"\"\",")
          .append(i % 2)
          .append("\n");
      ndjson.append(
          "{\"level\":%s,\"in\":{\"flow\":%d},\"label\":%b}\n".formatted(level, i, i > 9));
    }
    byte[] text = csv.toString().getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(".csv", text);
    files.put(".csv.gz", zipped(text));
    files.put(".ndjson", ndjson.toString().getBytes(StandardCharsets.UTF_8));
    files.put(".avro", container(random));
    return files;
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private static byte[] container(Random random) throws IOException {
    Schema schema =
        SchemaBuilder.record("Row")
            .fields()
            .requiredDouble("level")
            .requiredString("name")
            .requiredInt("label")
            .endRecord();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, out);
      for (int i = 0; i < ROWS; i++) {
        GenericRecord row = new GenericData.Record(schema);
        row.put("level", random.nextGaussian());
        row.put("name", "n" + i);
        row.put("label", i % 2);
        writer.append(row);
      }
    }
    return out.toByteArray();
  }

  /** A model's file. */
  static byte[] model(Path directory) throws IOException {
    Path file = directory.resolve("good-model.avro");
    ModelFile.write(file, Gadgets.model(1));
    return Files.readAllBytes(file);
  }
}
