package io.nelbo.bench.soak;

import io.nelbo.bench.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether a run was steady. It is cut into six windows (ten minutes of an hour). The first is for
 * warming up; the second is what the last is held against.
 *
 * @param residentDeviation the greatest relative distance, after the first window, of a minute's
 *     median resident memory from the median of them all
 * @param threadGrowth by how much the last window's fewest threads exceed the second's
 * @param fileGrowth the same of open files
 * @param p99Ratio the last window's 99th percentile of latency against the second's
 */
record Steadiness(double residentDeviation, int threadGrowth, int fileGrowth, double p99Ratio) {
  static final int WINDOWS = 6;
  static final double MOST_RESIDENT_DEVIATION = 0.05;
  static final double MOST_P99_RATIO = 1.2;

  /** Threads and files that may be more at last: a connection renewed, a file not yet compacted. */
  static final int MOST_GROWTH = 2;

  /**
   * Judges a run.
   *
   * @param vitals in the order of time, some in each window
   * @param p99Millis of each window, as far as the host left it alone
   */
  static Steadiness of(List<Vitals> vitals, double seconds, List<Double> p99Millis) {
    double window = seconds / WINDOWS;
    List<Vitals> second = between(vitals, window, 2 * window);
    List<Vitals> last = between(vitals, seconds - window, Double.MAX_VALUE);
    return new Steadiness(
        deviation(between(vitals, window, Double.MAX_VALUE)),
        least(last, Vitals::threads) - least(second, Vitals::threads),
        least(last, Vitals::files) - least(second, Vitals::files),
        p99Millis.get(WINDOWS - 1) / p99Millis.get(1));
  }

  private static List<Vitals> between(List<Vitals> vitals, double from, double to) {
    return vitals.stream().filter(v -> v.seconds() >= from && v.seconds() < to).toList();
  }

  private static double deviation(List<Vitals> vitals) {
    double median = Statistics.median(vitals, Vitals::residentMebibytes);
    double greatest = 0;
    double end = vitals.get(vitals.size() - 1).seconds();
    for (double from = vitals.get(0).seconds(); from <= end; from += 60) {
      List<Vitals> minute = between(vitals, from, from + 60);
      if (!minute.isEmpty()) {
        double ofMinute = Statistics.median(minute, Vitals::residentMebibytes);
        greatest = Math.max(greatest, Math.abs(ofMinute / median - 1));
      }
    }
    return greatest;
  }

  /**
   * What is never closed raises this; the files of a window's segment, which come and go, do not.
   */
  private static int least(List<Vitals> vitals, ToDoubleFunction<Vitals> value) {
    return (int) vitals.stream().mapToDouble(value).min().orElseThrow();
  }

  /** What was not steady, each with the value and the bound; empty if all was. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (!(residentDeviation <= MOST_RESIDENT_DEVIATION)) {
      faults.add(
          text(
              "resident memory moved by %.1f %%, at most %.0f %% are steady",
              100 * residentDeviation, 100 * MOST_RESIDENT_DEVIATION));
    }
    if (threadGrowth > MOST_GROWTH) {
      faults.add(text("threads grew by %d, at most %d are steady", threadGrowth, MOST_GROWTH));
    }
    if (fileGrowth > MOST_GROWTH) {
      faults.add(text("open files grew by %d, at most %d are steady", fileGrowth, MOST_GROWTH));
    }
    if (!(p99Ratio <= MOST_P99_RATIO)) {
      faults.add(
          text(
              "p99 latency of the last window is %.2f times the second's, at most %.1f is steady",
              p99Ratio, MOST_P99_RATIO));
    }
    return faults;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
