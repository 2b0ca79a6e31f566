package io.nelbo.streams.file;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads an Avro container file, resolved to the schema that was asked for. */
final class AvroReader implements RecordReader {
  private final FileSource source;
  private final DataFileStream<GenericRecord> records;
  private long read;

  private AvroReader(FileSource source, DataFileStream<GenericRecord> records) {
    this.source = source;
    this.records = records;
  }

  static AvroReader open(Path path, @Nullable Schema wanted) throws IOException {
    FileSource source = FileSource.open(path);
    try {
      GenericDatumReader<GenericRecord> datums = new GenericDatumReader<>();
      DataFileStream<GenericRecord> records = new DataFileStream<>(source.stream(), datums);
      if (wanted != null) {
        datums.setExpected(wanted);
      }
      return new AvroReader(source, records);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw damaged(path, 0, e);
    }
  }

  static Schema schema(Path path) throws IOException {
    try (AvroReader reader = open(path, null)) {
      return reader.records.getSchema();
    }
  }

  @Override
  public @Nullable GenericRecord next() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      GenericRecord record = records.next();
      read++;
      return record;
    } catch (RuntimeException e) {
      // Avro reports a file that is cut off in many ways.
      throw damaged(source.path(), read, e);
    }
  }

  private static IOException damaged(Path path, long read, Exception cause) {
    if (cause instanceof FileFormatException named) {
      return named;
    }
    if (cause.getCause() instanceof FileFormatException named) {
      return named;
    }
    FileFormatException damaged =
        new FileFormatException(
            path, "cannot be read after " + read + " records: " + cause.getMessage());
    damaged.initCause(cause);
    return damaged;
  }

  @Override
  public double fractionRead() throws IOException {
    return source.fractionRead();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
