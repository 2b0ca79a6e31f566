package io.nelbo.streams.file;

import java.io.Closeable;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The records of a file, in order. NOT thread safe. */
public interface RecordReader extends Closeable {
  /**
   * Returns the next record, or null at the end.
   *
   * @throws FileFormatException naming file, line, column and value if it does not fit the schema
   */
  @Nullable GenericRecord next() throws IOException;

  /** Returns how much of the file has been read: 0 to 1. */
  double fractionRead() throws IOException;
}
