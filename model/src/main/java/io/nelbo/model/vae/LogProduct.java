package io.nelbo.model.vae;

/** The logarithm of a long product, taken once for many factors. NOT thread safe. */
final class LogProduct {
  /** A product within these bounds takes one more factor of up to 1e50 either way. */
  private static final double LEAST = 1e-250;

  private static final double GREATEST = 1e250;

  private double product = 1;
  private double log;

  void clear() {
    product = 1;
    log = 0;
  }

  /** Multiplies by a factor between 1e-50 and 1e50. */
  void times(double factor) {
    product *= factor;
    if (product < LEAST || product > GREATEST) {
      log += StrictMath.log(product);
      product = 1;
    }
  }

  double log() {
    return log + StrictMath.log(product);
  }
}
