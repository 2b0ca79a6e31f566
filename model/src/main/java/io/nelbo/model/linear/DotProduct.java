package io.nelbo.model.linear;

/** The inner product of two vectors of one length. */
public final class DotProduct {
  private DotProduct() {}

  // Four sums, because one is a chain of additions that each wait for the last.
  public static double of(double[] x, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = 0;
    for (; k + 3 < x.length; k += 4) {
      a += x[k] * y[k];
      b += x[k + 1] * y[k + 1];
      c += x[k + 2] * y[k + 2];
      d += x[k + 3] * y[k + 3];
    }
    for (; k < x.length; k++) {
      a += x[k] * y[k];
    }
    return a + b + c + d;
  }
}
