package io.nelbo.streams.input;

import java.util.Arrays;

/** The observation that a decode plan is filling: one slot a feature, NaN until it has a value. */
final class Row {
  static final int NONE = -1;

  private double[] values = new double[0];
  private int notFinite;

  void reset(double[] observation) {
    values = observation;
    notFinite = NONE;
    Arrays.fill(values, Double.NaN);
  }

  void put(int slot, double value) {
    values[slot] = value;
  }

  /** Puts a number that may not be finite, which is said once all of the record is read. */
  void putMeasured(int slot, double value) {
    values[slot] = value;
    if (!Double.isFinite(value) && notFinite == NONE) {
      notFinite = slot;
    }
  }

  /** The first slot that got a number that is not finite, or {@link #NONE}. */
  int notFinite() {
    return notFinite;
  }

  double value(int slot) {
    return values[slot];
  }

  boolean isEmpty() {
    for (double value : values) {
      if (!Double.isNaN(value)) {
        return false;
      }
    }
    return true;
  }
}
