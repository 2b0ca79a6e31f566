package io.nelbo.model.vae;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by the Vector API. The sums of some vectors of outputs stay in registers while the
 * inputs go by; both samples of a pair share each weight that is loaded.
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
    int grouped = inputs & ~3;
    int j = 0;
    for (; j + 4 * F <= y.length; j += 4 * F) {
      FloatVector a = fromArray(FLOATS, y, j);
      FloatVector b = fromArray(FLOATS, y, j + F);
      FloatVector c = fromArray(FLOATS, y, j + 2 * F);
      FloatVector d = fromArray(FLOATS, y, j + 3 * F);
      for (int i = 0; i < grouped; i += 4) {
        float[] w0 = columns[i];
        float[] w1 = columns[i + 1];
        float[] w2 = columns[i + 2];
        float[] w3 = columns[i + 3];
        FloatVector x0 = broadcast(FLOATS, x[i]);
        FloatVector x1 = broadcast(FLOATS, x[i + 1]);
        FloatVector x2 = broadcast(FLOATS, x[i + 2]);
        FloatVector x3 = broadcast(FLOATS, x[i + 3]);
        FloatVector s = fromArray(FLOATS, w0, j).mul(x0);
        FloatVector t = fromArray(FLOATS, w0, j + F).mul(x0);
        FloatVector u = fromArray(FLOATS, w0, j + 2 * F).mul(x0);
        FloatVector v = fromArray(FLOATS, w0, j + 3 * F).mul(x0);
        s = fromArray(FLOATS, w1, j).fma(x1, s);
        t = fromArray(FLOATS, w1, j + F).fma(x1, t);
        u = fromArray(FLOATS, w1, j + 2 * F).fma(x1, u);
        v = fromArray(FLOATS, w1, j + 3 * F).fma(x1, v);
        s = fromArray(FLOATS, w2, j).fma(x2, s);
        t = fromArray(FLOATS, w2, j + F).fma(x2, t);
        u = fromArray(FLOATS, w2, j + 2 * F).fma(x2, u);
        v = fromArray(FLOATS, w2, j + 3 * F).fma(x2, v);
        s = fromArray(FLOATS, w3, j).fma(x3, s);
        t = fromArray(FLOATS, w3, j + F).fma(x3, t);
        u = fromArray(FLOATS, w3, j + 2 * F).fma(x3, u);
        v = fromArray(FLOATS, w3, j + 3 * F).fma(x3, v);
        a = a.add(s);
        b = b.add(t);
        c = c.add(u);
        d = d.add(v);
      }
      for (int i = grouped; i < inputs; i++) {
        float[] w = columns[i];
        FloatVector xi = broadcast(FLOATS, x[i]);
        a = fromArray(FLOATS, w, j).fma(xi, a);
        b = fromArray(FLOATS, w, j + F).fma(xi, b);
        c = fromArray(FLOATS, w, j + 2 * F).fma(xi, c);
        d = fromArray(FLOATS, w, j + 3 * F).fma(xi, d);
      }
      a.intoArray(y, j);
      b.intoArray(y, j + F);
      c.intoArray(y, j + 2 * F);
      d.intoArray(y, j + 3 * F);
    }
    for (; j < y.length; j += F) {
      FloatVector a = fromArray(FLOATS, y, j);
      for (int i = 0; i < grouped; i += 4) {
        FloatVector s = fromArray(FLOATS, columns[i], j).mul(broadcast(FLOATS, x[i]));
        s = fromArray(FLOATS, columns[i + 1], j).fma(broadcast(FLOATS, x[i + 1]), s);
        s = fromArray(FLOATS, columns[i + 2], j).fma(broadcast(FLOATS, x[i + 2]), s);
        s = fromArray(FLOATS, columns[i + 3], j).fma(broadcast(FLOATS, x[i + 3]), s);
        a = a.add(s);
      }
      for (int i = grouped; i < inputs; i++) {
        a = fromArray(FLOATS, columns[i], j).fma(broadcast(FLOATS, x[i]), a);
      }
      a.intoArray(y, j);
    }
  }

  @Override
  void add(float[][] columns, float[] x1, float[] y1, float[] x2, float[] y2) {
    int inputs = columns.length;
    int grouped = inputs & ~3;
    int j = 0;
    for (; j + 2 * F <= y1.length; j += 2 * F) {
      FloatVector a1 = fromArray(FLOATS, y1, j);
      FloatVector b1 = fromArray(FLOATS, y1, j + F);
      FloatVector a2 = fromArray(FLOATS, y2, j);
      FloatVector b2 = fromArray(FLOATS, y2, j + F);
      for (int i = 0; i < grouped; i += 4) {
        FloatVector u = fromArray(FLOATS, columns[i], j);
        FloatVector v = fromArray(FLOATS, columns[i], j + F);
        FloatVector k1 = broadcast(FLOATS, x1[i]);
        FloatVector k2 = broadcast(FLOATS, x2[i]);
        FloatVector s1 = u.mul(k1);
        FloatVector t1 = v.mul(k1);
        FloatVector s2 = u.mul(k2);
        FloatVector t2 = v.mul(k2);
        u = fromArray(FLOATS, columns[i + 1], j);
        v = fromArray(FLOATS, columns[i + 1], j + F);
        k1 = broadcast(FLOATS, x1[i + 1]);
        k2 = broadcast(FLOATS, x2[i + 1]);
        s1 = u.fma(k1, s1);
        t1 = v.fma(k1, t1);
        s2 = u.fma(k2, s2);
        t2 = v.fma(k2, t2);
        u = fromArray(FLOATS, columns[i + 2], j);
        v = fromArray(FLOATS, columns[i + 2], j + F);
        k1 = broadcast(FLOATS, x1[i + 2]);
        k2 = broadcast(FLOATS, x2[i + 2]);
        s1 = u.fma(k1, s1);
        t1 = v.fma(k1, t1);
        s2 = u.fma(k2, s2);
        t2 = v.fma(k2, t2);
        u = fromArray(FLOATS, columns[i + 3], j);
        v = fromArray(FLOATS, columns[i + 3], j + F);
        k1 = broadcast(FLOATS, x1[i + 3]);
        k2 = broadcast(FLOATS, x2[i + 3]);
        s1 = u.fma(k1, s1);
        t1 = v.fma(k1, t1);
        s2 = u.fma(k2, s2);
        t2 = v.fma(k2, t2);
        a1 = a1.add(s1);
        b1 = b1.add(t1);
        a2 = a2.add(s2);
        b2 = b2.add(t2);
      }
      for (int i = grouped; i < inputs; i++) {
        FloatVector u = fromArray(FLOATS, columns[i], j);
        FloatVector v = fromArray(FLOATS, columns[i], j + F);
        FloatVector k1 = broadcast(FLOATS, x1[i]);
        FloatVector k2 = broadcast(FLOATS, x2[i]);
        a1 = u.fma(k1, a1);
        b1 = v.fma(k1, b1);
        a2 = u.fma(k2, a2);
        b2 = v.fma(k2, b2);
      }
      a1.intoArray(y1, j);
      b1.intoArray(y1, j + F);
      a2.intoArray(y2, j);
      b2.intoArray(y2, j + F);
    }
    for (; j < y1.length; j += F) {
      FloatVector a1 = fromArray(FLOATS, y1, j);
      FloatVector a2 = fromArray(FLOATS, y2, j);
      for (int i = 0; i < grouped; i += 4) {
        FloatVector u = fromArray(FLOATS, columns[i], j);
        FloatVector s1 = u.mul(broadcast(FLOATS, x1[i]));
        FloatVector s2 = u.mul(broadcast(FLOATS, x2[i]));
        u = fromArray(FLOATS, columns[i + 1], j);
        s1 = u.fma(broadcast(FLOATS, x1[i + 1]), s1);
        s2 = u.fma(broadcast(FLOATS, x2[i + 1]), s2);
        u = fromArray(FLOATS, columns[i + 2], j);
        s1 = u.fma(broadcast(FLOATS, x1[i + 2]), s1);
        s2 = u.fma(broadcast(FLOATS, x2[i + 2]), s2);
        u = fromArray(FLOATS, columns[i + 3], j);
        s1 = u.fma(broadcast(FLOATS, x1[i + 3]), s1);
        s2 = u.fma(broadcast(FLOATS, x2[i + 3]), s2);
        a1 = a1.add(s1);
        a2 = a2.add(s2);
      }
      for (int i = grouped; i < inputs; i++) {
        FloatVector u = fromArray(FLOATS, columns[i], j);
        a1 = u.fma(broadcast(FLOATS, x1[i]), a1);
        a2 = u.fma(broadcast(FLOATS, x2[i]), a2);
      }
      a1.intoArray(y1, j);
      a2.intoArray(y2, j);
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

  @Override
  void exp(double[] x) {
    for (int j = 0; j < x.length; j += D) {
      DoubleVector r = fromArray(DOUBLES, x, j).min(Exponential.BOUND).max(-Exponential.BOUND);
      r = r.mul(Exponential.SCALE);
      DoubleVector p = broadcast(DOUBLES, Exponential.C10);
      p = r.fma(broadcast(DOUBLES, Exponential.C11), p);
      p = r.fma(p, broadcast(DOUBLES, Exponential.C9));
      p = r.fma(p, broadcast(DOUBLES, Exponential.C8));
      p = r.fma(p, broadcast(DOUBLES, Exponential.C7));
      p = r.fma(p, broadcast(DOUBLES, Exponential.C6));
      p = r.fma(p, broadcast(DOUBLES, Exponential.C5));
      p = r.fma(p, broadcast(DOUBLES, Exponential.C4));
      p = r.fma(p, broadcast(DOUBLES, Exponential.C3));
      p = r.fma(p, broadcast(DOUBLES, Exponential.C2));
      p = r.fma(p, broadcast(DOUBLES, 1.0));
      p = r.fma(p, broadcast(DOUBLES, 1.0));
      for (int k = 0; k < Exponential.SQUARINGS; k++) {
        p = p.mul(p);
      }
      p.intoArray(x, j);
    }
  }
}
