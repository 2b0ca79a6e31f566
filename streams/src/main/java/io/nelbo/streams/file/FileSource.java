package io.nelbo.streams.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** An open file, unpacked if its content (not its name) says gzip. NOT thread safe. */
final class FileSource implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final SeekableByteChannel channel;
  private final InputStream stream;

  private FileSource(Path path, SeekableByteChannel channel, InputStream stream) {
    this.path = path;
    this.channel = channel;
    this.stream = stream;
  }

  static FileSource open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileFormatException(path, "is a directory, and a file is needed");
    }
    SeekableByteChannel channel = Files.newByteChannel(path);
    try {
      InputStream raw = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      InputStream stream =
          gzip ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
      return new FileSource(path, channel, new Unpacked(path, stream));
    } catch (ZipException | EOFException e) {
      channel.close();
      throw damaged(path, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileFormatException damaged(Path path, IOException cause) {
    FileFormatException damaged =
        new FileFormatException(path, "the gzip data are damaged or cut: " + cause.getMessage());
    damaged.initCause(cause);
    return damaged;
  }

  Path path() {
    return path;
  }

  InputStream stream() {
    return stream;
  }

  /** Returns how much of the file, packed as it is, has been read: 0 to 1. */
  double fractionRead() throws IOException {
    // A parser closes its source at the end.
    if (!channel.isOpen()) {
      return 1;
    }
    long size = channel.size();
    return size == 0 ? 1 : (double) channel.position() / size;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  /** Says of a damaged or cut gzip file which file it is. */
  private static final class Unpacked extends InputStream {
    private final Path path;
    private final InputStream in;

    Unpacked(Path path, InputStream in) {
      this.path = path;
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return in.read(buffer, offset, length);
      } catch (ZipException | EOFException e) {
        throw damaged(path, e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
