package io.nelbo.streams.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not what it should be; the message names the file, the place and the value. */
public final class FileFormatException extends IOException {
  private static final long serialVersionUID = 1;

  FileFormatException(Path file, String message) {
    super(file + ": " + message);
  }

  FileFormatException(Path file, long line, String message) {
    super(file + ", line " + line + ": " + message);
  }
}
