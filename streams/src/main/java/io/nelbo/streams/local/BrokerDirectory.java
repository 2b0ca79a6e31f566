package io.nelbo.streams.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that holds the data of one running broker, locked against a second one. Kafka has a
 * lock of its own, but takes it late and ends the JVM over it.
 */
final class BrokerDirectory implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerDirectory.class);
  private static final String LOCK = "nelbo.lock";
  private static final String FORMATTED = "meta.properties";

  private final Path path;
  private final @Nullable TemporaryDirectory temporary;
  private final FileChannel lockFile;

  private BrokerDirectory(Path path, @Nullable TemporaryDirectory temporary, FileChannel lockFile) {
    this.path = path;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /** Makes a directory that is deleted when closed. */
  static BrokerDirectory temporary() throws IOException {
    TemporaryDirectory temporary = TemporaryDirectory.create("nelbo-broker-");
    return new BrokerDirectory(temporary.path(), temporary, lock(temporary.path()));
  }

  /** Takes a directory, new, empty or of an earlier broker, which is kept when closed. */
  static BrokerDirectory of(Path given) throws IOException {
    Path path = given.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(path + " is a file; a broker needs a directory", e);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
    if (!Files.isWritable(path)) {
      throw notWritable(path, null);
    }
    requireEmptyOrBroker(path);
    return new BrokerDirectory(path, null, lock(path));
  }

  private static IOException notWritable(Path path, @Nullable IOException cause) {
    return new IOException(
        "cannot write to the broker's directory " + path + "; choose another or allow writing",
        cause);
  }

  private static void requireEmptyOrBroker(Path path) throws IOException {
    if (Files.exists(path.resolve(FORMATTED))) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.anyMatch(entry -> !entry.endsWith(LOCK))) {
        throw new IOException(
            path + " holds files that are not a broker's; choose a new or an empty directory");
      }
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("{} is locked in this JVM", path, e);
    }
    channel.close();
    throw new IOException(
        "another broker is running on the data in " + path + "; stop it or choose another");
  }

  Path path() {
    return path;
  }

  boolean isFormatted() {
    return Files.exists(path.resolve(FORMATTED));
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
    if (temporary != null) {
      temporary.close();
    }
  }
}
