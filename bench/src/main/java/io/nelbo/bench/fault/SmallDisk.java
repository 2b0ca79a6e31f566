package io.nelbo.bench.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few MiB in memory (tmpfs), which can be filled up. Only root can have one. */
final class SmallDisk implements AutoCloseable {
  private final Path directory;
  private final Path filler;

  private SmallDisk(Path directory) {
    this.directory = directory;
    filler = directory.resolve("filler");
    Runtime.getRuntime().addShutdownHook(new Thread(this::unmount));
  }

  static SmallDisk mount(Path directory, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Process mount =
        new ProcessBuilder(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + mebibytes + "m",
                "tmpfs",
                directory.toString())
            .start();
    if (mount.waitFor() != 0) {
      throw new CannotPlay(
          "no tmpfs can be mounted: "
              + new String(mount.getErrorStream().readAllBytes(), UTF_8).strip());
    }
    return new SmallDisk(directory);
  }

  /** Takes all the space that is left. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (directory.toFile().getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  /** Gives the space back. */
  void free() throws IOException {
    Files.delete(filler);
  }

  private void unmount() {
    try {
      new ProcessBuilder("umount", "-l", directory.toString()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    unmount();
  }
}
