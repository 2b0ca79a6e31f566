package io.nelbo.model.train;

/** The learning rate of each step: a linear warm-up, then half a cosine down to a floor. */
record Schedule(int steps) {
  private static final double PEAK = 3e-3;
  private static final double FLOOR = 0.02;
  private static final int WARM_UP = 50;

  /** Steps for a number of training rows: too few rows would be learned by heart. */
  static Schedule forRows(int rows) {
    return new Schedule(rows >= 500 ? 1_000 : 100 + 200 * rows / 500);
  }

  double rate(int step) {
    int warmUp = Math.min(WARM_UP, steps / 4);
    if (step < warmUp) {
      return PEAK * (step + 1) / warmUp;
    }
    double progress = (double) (step - warmUp) / Math.max(1, steps - warmUp);
    return PEAK * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * progress)));
  }
}
