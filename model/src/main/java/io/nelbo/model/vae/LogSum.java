package io.nelbo.model.vae;

/** log Σ exp, by terms that cannot overflow. */
final class LogSum {
  private LogSum() {}

  static double of(double[] logs) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      greatest = Math.max(greatest, log);
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - greatest);
    }
    return greatest + StrictMath.log(sum);
  }
}
