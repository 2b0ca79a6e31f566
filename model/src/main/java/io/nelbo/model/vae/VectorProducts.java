package io.nelbo.model.vae;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by the Vector API. The sums of two vectors of outputs stay in registers while the inputs
 * go by; both samples of a pair share each weight that is loaded.
 *
 * <p>Calls the Vector API directly and not through methods of its own, however short: where one of
 * those is not inlined, every vector becomes an object. Compiled apart from the rest, and reached
 * by name only: the module may not be there.
 */
final class VectorProducts extends Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int F = FLOATS.length();
  private static final int D = DOUBLES.length();

  @Override
  void add(float[][] columns, float[] x, float[] y) {
    int inputs = columns.length;
    int j = 0;
    for (; j + 2 * F <= y.length; j += 2 * F) {
      FloatVector a = fromArray(FLOATS, y, j);
      FloatVector b = fromArray(FLOATS, y, j + F);
      int i = 0;
      for (; i + 3 < inputs; i += 4) {
        float[] w0 = columns[i];
        float[] w1 = columns[i + 1];
        float[] w2 = columns[i + 2];
        float[] w3 = columns[i + 3];
        FloatVector x0 = broadcast(FLOATS, x[i]);
        FloatVector x1 = broadcast(FLOATS, x[i + 1]);
        FloatVector x2 = broadcast(FLOATS, x[i + 2]);
        FloatVector x3 = broadcast(FLOATS, x[i + 3]);
        FloatVector s = fromArray(FLOATS, w1, j).fma(x1, fromArray(FLOATS, w0, j).mul(x0));
        FloatVector t = fromArray(FLOATS, w1, j + F).fma(x1, fromArray(FLOATS, w0, j + F).mul(x0));
        s = fromArray(FLOATS, w3, j).fma(x3, fromArray(FLOATS, w2, j).fma(x2, s));
        t = fromArray(FLOATS, w3, j + F).fma(x3, fromArray(FLOATS, w2, j + F).fma(x2, t));
        a = a.add(s);
        b = b.add(t);
      }
      for (; i < inputs; i++) {
        a = fromArray(FLOATS, columns[i], j).fma(broadcast(FLOATS, x[i]), a);
        b = fromArray(FLOATS, columns[i], j + F).fma(broadcast(FLOATS, x[i]), b);
      }
      a.intoArray(y, j);
      b.intoArray(y, j + F);
    }
    for (; j < y.length; j += F) {
      FloatVector a = fromArray(FLOATS, y, j);
      int i = 0;
      for (; i + 3 < inputs; i += 4) {
        FloatVector s =
            fromArray(FLOATS, columns[i + 1], j)
                .fma(
                    broadcast(FLOATS, x[i + 1]),
                    fromArray(FLOATS, columns[i], j).mul(broadcast(FLOATS, x[i])));
        s = fromArray(FLOATS, columns[i + 2], j).fma(broadcast(FLOATS, x[i + 2]), s);
        a = a.add(fromArray(FLOATS, columns[i + 3], j).fma(broadcast(FLOATS, x[i + 3]), s));
      }
      for (; i < inputs; i++) {
        a = fromArray(FLOATS, columns[i], j).fma(broadcast(FLOATS, x[i]), a);
      }
      a.intoArray(y, j);
    }
  }

  @Override
  void add(float[][] columns, float[] x1, float[] y1, float[] x2, float[] y2) {
    int inputs = columns.length;
    for (int j = 0; j < y1.length; j += F) {
      FloatVector a = fromArray(FLOATS, y1, j);
      FloatVector b = fromArray(FLOATS, y2, j);
      int i = 0;
      for (; i + 3 < inputs; i += 4) {
        FloatVector w = fromArray(FLOATS, columns[i], j);
        FloatVector s = w.mul(broadcast(FLOATS, x1[i]));
        FloatVector t = w.mul(broadcast(FLOATS, x2[i]));
        w = fromArray(FLOATS, columns[i + 1], j);
        s = w.fma(broadcast(FLOATS, x1[i + 1]), s);
        t = w.fma(broadcast(FLOATS, x2[i + 1]), t);
        w = fromArray(FLOATS, columns[i + 2], j);
        s = w.fma(broadcast(FLOATS, x1[i + 2]), s);
        t = w.fma(broadcast(FLOATS, x2[i + 2]), t);
        w = fromArray(FLOATS, columns[i + 3], j);
        a = a.add(w.fma(broadcast(FLOATS, x1[i + 3]), s));
        b = b.add(w.fma(broadcast(FLOATS, x2[i + 3]), t));
      }
      for (; i < inputs; i++) {
        FloatVector w = fromArray(FLOATS, columns[i], j);
        a = w.fma(broadcast(FLOATS, x1[i]), a);
        b = w.fma(broadcast(FLOATS, x2[i]), b);
      }
      a.intoArray(y1, j);
      b.intoArray(y2, j);
    }
  }

  @Override
  void add(double[][] columns, double[] x, double[] y) {
    int inputs = columns.length;
    int outputs = inputs == 0 ? 0 : columns[0].length;
    for (int j = 0; j < outputs; j += D) {
      DoubleVector a = fromArray(DOUBLES, y, j);
      int i = 0;
      for (; i + 3 < inputs; i += 4) {
        double[] w0 = columns[i];
        double[] w1 = columns[i + 1];
        double[] w2 = columns[i + 2];
        double[] w3 = columns[i + 3];
        DoubleVector s = fromArray(DOUBLES, w0, j).mul(broadcast(DOUBLES, x[i]));
        s = fromArray(DOUBLES, w1, j).fma(broadcast(DOUBLES, x[i + 1]), s);
        s = fromArray(DOUBLES, w2, j).fma(broadcast(DOUBLES, x[i + 2]), s);
        s = fromArray(DOUBLES, w3, j).fma(broadcast(DOUBLES, x[i + 3]), s);
        a = a.add(s);
      }
      for (; i < inputs; i++) {
        a = fromArray(DOUBLES, columns[i], j).fma(broadcast(DOUBLES, x[i]), a);
      }
      a.intoArray(y, j);
    }
  }

  @Override
  void silu(float[] x) {
    for (int j = 0; j < x.length; j += F) {
      FloatVector half = fromArray(FLOATS, x, j).mul(0.5f);
      FloatVector t = half.min(Silu.BOUND).max(-Silu.BOUND);
      FloatVector s = t.mul(t);
      FloatVector p = s.fma(broadcast(FLOATS, Silu.P6), broadcast(FLOATS, Silu.P5));
      p = s.fma(p, broadcast(FLOATS, Silu.P4));
      p = s.fma(p, broadcast(FLOATS, Silu.P3));
      p = s.fma(p, broadcast(FLOATS, Silu.P2));
      p = s.fma(p, broadcast(FLOATS, Silu.P1));
      p = s.fma(p, broadcast(FLOATS, Silu.P0));
      FloatVector q = s.fma(broadcast(FLOATS, Silu.Q3), broadcast(FLOATS, Silu.Q2));
      q = s.fma(q, broadcast(FLOATS, Silu.Q1));
      q = s.fma(q, broadcast(FLOATS, Silu.Q0));
      FloatVector tanh = t.mul(p).div(q).min(1).max(-1);
      half.fma(tanh, half).intoArray(x, j);
    }
  }
}
