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
 * <p>The shape of this code is what C2 of JDK 17 takes best: where it gives up on an operation, the
 * vector becomes an object, silently, at the same result. So the Vector API is called directly and
 * not through methods of our own; each method is one loop of some fifty operations, and longer than
 * what C2 inlines into its callers. Compiled apart from the rest, and reached by name only: the
 * module may not be there.
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
    for (int j = 0; j < y.length; j += 2 * F) {
      FloatVector a = fromArray(FLOATS, y, j);
      FloatVector b = fromArray(FLOATS, y, j + F);
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
        s = fromArray(FLOATS, w1, j).fma(x1, s);
        t = fromArray(FLOATS, w1, j + F).fma(x1, t);
        s = fromArray(FLOATS, w2, j).fma(x2, s);
        t = fromArray(FLOATS, w2, j + F).fma(x2, t);
        s = fromArray(FLOATS, w3, j).fma(x3, s);
        t = fromArray(FLOATS, w3, j + F).fma(x3, t);
        a = a.add(s);
        b = b.add(t);
      }
      for (int i = grouped; i < inputs; i++) {
        FloatVector xi = broadcast(FLOATS, x[i]);
        a = fromArray(FLOATS, columns[i], j).fma(xi, a);
        b = fromArray(FLOATS, columns[i], j + F).fma(xi, b);
      }
      a.intoArray(y, j);
      b.intoArray(y, j + F);
    }
  }

  @Override
  void add(float[][] columns, float[] x1, float[] y1, float[] x2, float[] y2) {
    int inputs = columns.length;
    int grouped = inputs & ~3;
    for (int j = 0; j < y1.length; j += 2 * F) {
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
  }

  @Override
  void add(double[][] columns, double[] x, double[] y) {
    int inputs = columns.length;
    int grouped = inputs & ~3;
    int outputs = inputs == 0 ? 0 : columns[0].length;
    for (int j = 0; j < outputs; j += 2 * D) {
      DoubleVector a = fromArray(DOUBLES, y, j);
      DoubleVector b = fromArray(DOUBLES, y, j + D);
      for (int i = 0; i < grouped; i += 4) {
        double[] w0 = columns[i];
        double[] w1 = columns[i + 1];
        double[] w2 = columns[i + 2];
        double[] w3 = columns[i + 3];
        DoubleVector x0 = broadcast(DOUBLES, x[i]);
        DoubleVector x1 = broadcast(DOUBLES, x[i + 1]);
        DoubleVector x2 = broadcast(DOUBLES, x[i + 2]);
        DoubleVector x3 = broadcast(DOUBLES, x[i + 3]);
        DoubleVector s = fromArray(DOUBLES, w0, j).mul(x0);
        DoubleVector t = fromArray(DOUBLES, w0, j + D).mul(x0);
        s = fromArray(DOUBLES, w1, j).fma(x1, s);
        t = fromArray(DOUBLES, w1, j + D).fma(x1, t);
        s = fromArray(DOUBLES, w2, j).fma(x2, s);
        t = fromArray(DOUBLES, w2, j + D).fma(x2, t);
        s = fromArray(DOUBLES, w3, j).fma(x3, s);
        t = fromArray(DOUBLES, w3, j + D).fma(x3, t);
        a = a.add(s);
        b = b.add(t);
      }
      for (int i = grouped; i < inputs; i++) {
        DoubleVector xi = broadcast(DOUBLES, x[i]);
        a = fromArray(DOUBLES, columns[i], j).fma(xi, a);
        b = fromArray(DOUBLES, columns[i], j + D).fma(xi, b);
      }
      a.intoArray(y, j);
      b.intoArray(y, j + D);
    }
  }

  @Override
  void silu(float[] x) {
    for (int j = 0; j < x.length; j += 2 * F) {
      FloatVector half1 = fromArray(FLOATS, x, j).mul(0.5f);
      FloatVector half2 = fromArray(FLOATS, x, j + F).mul(0.5f);
      FloatVector t1 = half1.min(Silu.BOUND).max(-Silu.BOUND);
      FloatVector t2 = half2.min(Silu.BOUND).max(-Silu.BOUND);
      FloatVector s1 = t1.mul(t1);
      FloatVector s2 = t2.mul(t2);
      FloatVector c = broadcast(FLOATS, Silu.P5);
      FloatVector p1 = s1.fma(broadcast(FLOATS, Silu.P6), c);
      FloatVector p2 = s2.fma(broadcast(FLOATS, Silu.P6), c);
      c = broadcast(FLOATS, Silu.P4);
      p1 = s1.fma(p1, c);
      p2 = s2.fma(p2, c);
      c = broadcast(FLOATS, Silu.P3);
      p1 = s1.fma(p1, c);
      p2 = s2.fma(p2, c);
      c = broadcast(FLOATS, Silu.P2);
      p1 = s1.fma(p1, c);
      p2 = s2.fma(p2, c);
      c = broadcast(FLOATS, Silu.P1);
      p1 = s1.fma(p1, c);
      p2 = s2.fma(p2, c);
      c = broadcast(FLOATS, Silu.P0);
      p1 = s1.fma(p1, c);
      p2 = s2.fma(p2, c);
      c = broadcast(FLOATS, Silu.Q2);
      FloatVector q1 = s1.fma(broadcast(FLOATS, Silu.Q3), c);
      FloatVector q2 = s2.fma(broadcast(FLOATS, Silu.Q3), c);
      c = broadcast(FLOATS, Silu.Q1);
      q1 = s1.fma(q1, c);
      q2 = s2.fma(q2, c);
      c = broadcast(FLOATS, Silu.Q0);
      q1 = s1.fma(q1, c);
      q2 = s2.fma(q2, c);
      t1 = t1.mul(p1).div(q1).min(1).max(-1); // tanh
      t2 = t2.mul(p2).div(q2).min(1).max(-1);
      half1.fma(t1, half1).intoArray(x, j);
      half2.fma(t2, half2).intoArray(x, j + F);
    }
  }

  @Override
  void exp(double[] x) {
    for (int j = 0; j < x.length; j += 2 * D) {
      DoubleVector r1 = fromArray(DOUBLES, x, j).min(Exponential.BOUND).max(-Exponential.BOUND);
      DoubleVector r2 = fromArray(DOUBLES, x, j + D).min(Exponential.BOUND).max(-Exponential.BOUND);
      r1 = r1.mul(Exponential.SCALE);
      r2 = r2.mul(Exponential.SCALE);
      DoubleVector c = broadcast(DOUBLES, Exponential.C10);
      DoubleVector p1 = r1.fma(broadcast(DOUBLES, Exponential.C11), c);
      DoubleVector p2 = r2.fma(broadcast(DOUBLES, Exponential.C11), c);
      c = broadcast(DOUBLES, Exponential.C9);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      c = broadcast(DOUBLES, Exponential.C8);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      c = broadcast(DOUBLES, Exponential.C7);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      c = broadcast(DOUBLES, Exponential.C6);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      c = broadcast(DOUBLES, Exponential.C5);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      c = broadcast(DOUBLES, Exponential.C4);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      c = broadcast(DOUBLES, Exponential.C3);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      c = broadcast(DOUBLES, Exponential.C2);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      c = broadcast(DOUBLES, 1.0);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      p1 = r1.fma(p1, c);
      p2 = r2.fma(p2, c);
      for (int k = 0; k < Exponential.SQUARINGS; k++) {
        p1 = p1.mul(p1);
        p2 = p2.mul(p2);
      }
      p1.intoArray(x, j);
      p2.intoArray(x, j + D);
    }
  }
}
