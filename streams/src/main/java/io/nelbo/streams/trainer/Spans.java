package io.nelbo.streams.trainer;

import java.time.Duration;

/** Spans of time for people: the two largest units, such as {@code 1 h 5 min}. */
final class Spans {
  private Spans() {}

  static String describe(Duration span) {
    if (span.toDays() > 0) {
      return units(span.toDays(), "d", span.toHoursPart(), "h");
    }
    if (span.toHours() > 0) {
      return units(span.toHours(), "h", span.toMinutesPart(), "min");
    }
    return span.toMinutes() > 0
        ? units(span.toMinutes(), "min", span.toSecondsPart(), "s")
        : Math.max(0, span.toSeconds()) + " s";
  }

  private static String units(long large, String largeUnit, int small, String smallUnit) {
    String first = large + " " + largeUnit;
    return small == 0 ? first : first + " " + small + " " + smallUnit;
  }
}
