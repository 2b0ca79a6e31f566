package io.nelbo.model.drift;

/** log Γ of a positive number, to 12 digits: Stirling's series from 8 on, the recurrence below. */
final class LogGamma {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
  private static final double LARGE = 8;

  private LogGamma() {}

  static double of(double x) {
    double product = 1;
    double y = x;
    for (; y < LARGE; y++) {
      product *= y;
    }
    double inverse = 1 / y;
    double square = inverse * inverse;
    double series =
        inverse
            * (1.0 / 12
                - square
                    * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
    return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + series - Math.log(product);
  }
}
