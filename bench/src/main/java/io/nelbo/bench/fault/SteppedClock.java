package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The clock of a process, which can be set while it runs; by a library of a few lines of C. */
final class SteppedClock {
  private final Path library;
  private final Path file;

  private SteppedClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /**
   * Compiles the library.
   *
   * @throws CannotPlay if there is no C compiler, or this is not Linux
   */
  static SteppedClock in(Path directory) throws IOException, InterruptedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new CannotPlay("the clock of a process is set by LD_PRELOAD: Linux is needed");
    }
    Files.createDirectories(directory);
    Path source = directory.resolve("clock.c");
    try (InputStream code = SteppedClock.class.getResourceAsStream("clock.c")) {
      Files.copy(Objects.requireNonNull(code), source);
    }
    Path library = directory.resolve("clock.so");
    int compiled;
    try {
      compiled =
          new ProcessBuilder(
                  "cc",
                  "-shared",
                  "-fPIC",
                  "-O1",
                  "-o",
                  library.toString(),
                  source.toString(),
                  "-ldl")
              .inheritIO()
              .start()
              .waitFor();
    } catch (IOException e) {
      throw new CannotPlay("the clock of a process is set by a library of C: install cc");
    }
    if (compiled != 0) {
      throw new IOException("cc could not compile " + source + ", see above");
    }
    SteppedClock clock = new SteppedClock(library, directory.resolve("seconds"));
    clock.step(0);
    return clock;
  }

  /** Has a process that is not started yet go by it. */
  void give(Program program) {
    program.with("LD_PRELOAD", library.toString()).with("NELBO_CLOCK", file.toString());
  }

  /** Sets it so far ahead of the machine's. */
  void step(long seconds) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(bytes.putLong(seconds).flip(), 0);
    }
  }
}
