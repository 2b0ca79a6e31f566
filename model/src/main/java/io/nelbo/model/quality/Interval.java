package io.nelbo.model.quality;

/**
 * How the records of a stream are divided into retrain intervals: into so many of equal length, or
 * into intervals of so many records; the last one may be shorter.
 */
public record Interval(Unit unit, int count) {
  /** What is counted. */
  public enum Unit {
    RECORDS,
    INTERVALS
  }

  public Interval {
    if (count < 1) {
      throw new IllegalArgumentException(
          unit == Unit.RECORDS
              ? "a block must be of 1 record or more, was " + count
              : "blocks must be 1 or more, was " + count);
    }
  }

  /** Returns how many records an interval has of a stream with so many to score. */
  int records(int scored) {
    return unit == Unit.RECORDS ? count : Math.max(1, (scored + count - 1) / count);
  }
}
