package io.nelbo.model.linear;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The eigenpairs of a symmetric positive semi-definite matrix, largest first.
 *
 * <p>One-sided Jacobi (Hestenes 1958): plane rotations of pairs of rows until all rows are
 * orthogonal; a row's norm is then an eigenvalue and its direction the eigenvector. Only rows are
 * touched, so memory is read in order; a 200 × 200 matrix takes some 50 ms.
 */
public final class PrincipalComponents {
  private static final int MAX_SWEEPS = 40;
  private static final double TOLERANCE = 1e-9;

  /** Rows this much shorter than the longest are noise of an eigenvalue of 0. */
  private static final double NEGLIGIBLE = 1e-10;

  private final double[] values;
  private final double[][] vectors;

  private PrincipalComponents(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /** Decomposes a matrix, which is overwritten. */
  public static PrincipalComponents of(double[][] matrix) {
    double[][] rows = matrix;
    double longest = 0;
    for (double[] row : rows) {
      longest = Math.max(longest, DotProduct.of(row, row));
    }
    double negligible = longest * NEGLIGIBLE * NEGLIGIBLE;
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < MAX_SWEEPS; sweep++) {
      rotated = false;
      for (int p = 0; p < rows.length - 1; p++) {
        for (int q = p + 1; q < rows.length; q++) {
          rotated |= rotate(rows[p], rows[q], negligible);
        }
      }
    }
    double[] norms = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      norms[i] = Math.sqrt(DotProduct.of(rows[i], rows[i]));
    }
    int[] order =
        IntStream.range(0, rows.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -norms[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[rows.length];
    double[][] vectors = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double[] vector = rows[order[i]];
      double norm = norms[order[i]];
      boolean zero = norm * norm <= negligible;
      values[i] = zero ? 0 : norm;
      for (int k = 0; k < vector.length; k++) {
        vector[k] = zero ? 0 : vector[k] / norm;
      }
      vectors[i] = vector;
    }
    return new PrincipalComponents(values, vectors);
  }

  private static boolean rotate(double[] p, double[] q, double negligible) {
    double pp = DotProduct.of(p, p);
    double qq = DotProduct.of(q, q);
    double pq = DotProduct.of(p, q);
    if (pp <= negligible
        || qq <= negligible
        || Math.abs(pq) <= TOLERANCE * Math.sqrt(pp) * Math.sqrt(qq)) {
      return false;
    }
    double zeta = (qq - pp) / (2 * pq);
    double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
    double cosine = 1 / Math.sqrt(1 + t * t);
    double sine = cosine * t;
    for (int k = 0; k < p.length; k++) {
      double x = p[k];
      double y = q[k];
      p[k] = cosine * x - sine * y;
      q[k] = sine * x + cosine * y;
    }
    return true;
  }

  /** The number of eigenpairs. */
  public int count() {
    return values.length;
  }

  public double value(int i) {
    return values[i];
  }

  /** The i-th eigenvector, of length 1; of length 0 where the eigenvalue is 0. Do not modify. */
  public double[] vector(int i) {
    return vectors[i];
  }
}
