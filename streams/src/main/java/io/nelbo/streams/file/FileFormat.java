package io.nelbo.streams.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The formats of files of records, told apart by their first bytes. */
public enum FileFormat {
  /** RFC 4180 with a header; commas, semicolons or tabs between the columns; UTF-8. */
  CSV,
  /** One JSON object a line. */
  NDJSON,
  /** An Avro object container file. */
  AVRO;

  private static final int HEAD = 512;

  static FileFormat of(Path path) throws IOException {
    byte[] head;
    try (FileSource source = FileSource.open(path)) {
      head = source.stream().readNBytes(HEAD);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("Obj\u0001")) {
      return AVRO;
    }
    if (text.startsWith("PK\u0003\u0004")) {
      throw new FileFormatException(path, "is a zip archive; unpack it first");
    }
    if (text.startsWith("PAR1") || text.indexOf(0) >= 0) {
      throw new FileFormatException(
          path, "is neither CSV nor NDJSON nor an Avro container file, gzip'ed or not");
    }
    String start = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    start = start.stripLeading();
    if (start.isEmpty()) {
      throw new FileFormatException(path, "is empty");
    }
    if (start.startsWith("[")) {
      throw new FileFormatException(path, "is a JSON array; write one object a line instead");
    }
    return start.startsWith("{") ? NDJSON : CSV;
  }
}
