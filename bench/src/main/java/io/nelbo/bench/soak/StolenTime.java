package io.nelbo.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CPU time that this machine wanted and its host gave to others, as /proc/stat tells it; none
 * where that does not. NOT thread safe.
 */
final class StolenTime {
  /** A share of all CPU time from which on latencies tell of the host. */
  static final double DISTURBING = 0.05;

  /** For how long after that they still do, in seconds: what has piled up is worked off. */
  static final double AFTERMATH = 10;

  private static final Path STAT = Path.of("/proc/stat");
  private static final int STEAL = 8;

  private final List<Interval> intervals = new ArrayList<>();
  private double lastSeconds;
  private long[] lastTicks = new long[0];

  private record Interval(double from, double to, double share) {}

  /** Looks how much was stolen since the last look. */
  void look(double seconds) throws IOException {
    if (Files.isReadable(STAT)) {
      add(seconds, Files.readAllLines(STAT).get(0));
    }
  }

  /** Takes the first line of /proc/stat. */
  void add(double seconds, String line) {
    long[] ticks = Stream.of(line.split(" +")).skip(1).mapToLong(Long::parseLong).toArray();
    if (lastTicks.length > STEAL - 1) {
      long all = 0;
      for (int i = 0; i < STEAL; i++) {
        all += ticks[i] - lastTicks[i];
      }
      double share = all == 0 ? 0 : (ticks[STEAL - 1] - lastTicks[STEAL - 1]) / (double) all;
      intervals.add(new Interval(lastSeconds, seconds, share));
    }
    lastSeconds = seconds;
    lastTicks = ticks;
  }

  /** Whether latencies of a time tell of the host. */
  boolean disturbs(double from, double to) {
    return intervals.stream()
        .anyMatch(i -> i.share >= DISTURBING && i.from < to && i.to + AFTERMATH > from);
  }
}
