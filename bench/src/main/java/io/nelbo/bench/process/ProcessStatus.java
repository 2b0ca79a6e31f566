package io.nelbo.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux tells of a process: memory, threads, open files. NaN or −1 where there is no {@code
 * /proc} or no such process.
 */
public final class ProcessStatus {
  private static final double KIB_PER_MIB = 1024;

  private final Path directory;

  public ProcessStatus(long pid) {
    directory = Path.of("/proc", Long.toString(pid));
  }

  /** The memory, in MiB, that the process holds resident. */
  public double residentMebibytes() throws IOException {
    return field("VmRSS:") / KIB_PER_MIB;
  }

  /** Its threads, those of the JVM itself and of native libraries included. */
  public int threads() throws IOException {
    double threads = field("Threads:");
    return Double.isNaN(threads) ? -1 : (int) threads;
  }

  /** Its open files, sockets included. */
  public int openFiles() throws IOException {
    Path open = directory.resolve("fd");
    if (!Files.exists(open)) {
      return -1;
    }
    try (Stream<Path> files = Files.list(open)) {
      return (int) files.count();
    }
  }

  private double field(String name) throws IOException {
    Path status = directory.resolve("status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The MiB that the files of a directory hold, those that go meanwhile left out. */
  public static double mebibytesOf(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(ProcessStatus::size).sum() / KIB_PER_MIB / KIB_PER_MIB;
    } catch (UncheckedIOException e) {
      return Double.NaN; // a directory went while it was walked through
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
