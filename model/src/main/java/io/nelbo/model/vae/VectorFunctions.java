package io.nelbo.model.vae;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link Products} by the Vector API; its shape is as {@link VectorProducts} says.
 */
final class VectorFunctions {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int F = FLOATS.length();
  private static final int D = DOUBLES.length();

  private VectorFunctions() {}

  /**
   * Replaces each value, whole pairs of vectors of them, by its {@link Silu}. To compare and blend
   * takes fewer instructions than the minimum does, which minds signs of zeros.
   */
  static void silu(float[] x) {
    for (int j = 0; j < x.length; j += 2 * F) {
      FloatVector half1 = fromArray(FLOATS, x, j).mul(0.5f);
      FloatVector half2 = fromArray(FLOATS, x, j + F).mul(0.5f);
      FloatVector size1 = half1.abs();
      FloatVector size2 = half2.abs();
      FloatVector t1 = size1.blend(Silu.BOUND, size1.compare(VectorOperators.GT, Silu.BOUND));
      FloatVector t2 = size2.blend(Silu.BOUND, size2.compare(VectorOperators.GT, Silu.BOUND));
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
      t1 = t1.mul(p1).div(q1); // tanh
      t2 = t2.mul(p2).div(q2);
      size1.fma(t1, half1).intoArray(x, j);
      size2.fma(t2, half2).intoArray(x, j + F);
    }
  }

  /** Writes each value, whole pairs of vectors of them, as a double. */
  static void widen(float[] x, double[] y) {
    int last = x.length - F;
    int j = 0;
    for (; j <= last; j += D) {
      ((DoubleVector) fromArray(FLOATS, x, j).convertShape(VectorOperators.F2D, DOUBLES, 0))
          .intoArray(y, j);
    }
    for (; j < x.length; j++) {
      y[j] = x[j];
    }
  }

  /** Writes each value, whole pairs of vectors of them, as a float. */
  static void narrow(double[] x, float[] y) {
    int last = y.length - F;
    int j = 0;
    for (; j <= last; j += D) {
      ((FloatVector) fromArray(DOUBLES, x, j).convertShape(VectorOperators.D2F, FLOATS, 0))
          .intoArray(y, j);
    }
    for (; j < y.length; j++) {
      y[j] = (float) x[j];
    }
  }

  /** Replaces the first values, and up to a whole pair of vectors more, by their exponentials. */
  static void exp(double[] x, int count) {
    for (int j = 0; j < count; j += 2 * D) {
      DoubleVector r1 = fromArray(DOUBLES, x, j).mul(Exponential.SCALE);
      DoubleVector r2 = fromArray(DOUBLES, x, j + D).mul(Exponential.SCALE);
      DoubleVector s1 = r1.mul(r1);
      DoubleVector s2 = r2.mul(r2);
      DoubleVector c = broadcast(DOUBLES, Exponential.C8);
      DoubleVector even1 = s1.fma(broadcast(DOUBLES, Exponential.C10), c);
      DoubleVector even2 = s2.fma(broadcast(DOUBLES, Exponential.C10), c);
      c = broadcast(DOUBLES, Exponential.C9);
      DoubleVector odd1 = s1.fma(broadcast(DOUBLES, Exponential.C11), c);
      DoubleVector odd2 = s2.fma(broadcast(DOUBLES, Exponential.C11), c);
      c = broadcast(DOUBLES, Exponential.C6);
      even1 = s1.fma(even1, c);
      even2 = s2.fma(even2, c);
      c = broadcast(DOUBLES, Exponential.C7);
      odd1 = s1.fma(odd1, c);
      odd2 = s2.fma(odd2, c);
      c = broadcast(DOUBLES, Exponential.C4);
      even1 = s1.fma(even1, c);
      even2 = s2.fma(even2, c);
      c = broadcast(DOUBLES, Exponential.C5);
      odd1 = s1.fma(odd1, c);
      odd2 = s2.fma(odd2, c);
      c = broadcast(DOUBLES, Exponential.C2);
      even1 = s1.fma(even1, c);
      even2 = s2.fma(even2, c);
      c = broadcast(DOUBLES, Exponential.C3);
      odd1 = s1.fma(odd1, c);
      odd2 = s2.fma(odd2, c);
      c = broadcast(DOUBLES, 1.0);
      even1 = s1.fma(even1, c);
      even2 = s2.fma(even2, c);
      odd1 = s1.fma(odd1, c);
      odd2 = s2.fma(odd2, c);
      DoubleVector p1 = r1.fma(odd1, even1);
      DoubleVector p2 = r2.fma(odd2, even2);
      p1 = p1.mul(p1);
      p2 = p2.mul(p2);
      p1 = p1.mul(p1);
      p2 = p2.mul(p2);
      p1 = p1.mul(p1);
      p2 = p2.mul(p2);
      p1 = p1.mul(p1);
      p2 = p2.mul(p2);
      p1 = p1.mul(p1);
      p2 = p2.mul(p2);
      p1 = p1.mul(p1);
      p2 = p2.mul(p2);
      p1.intoArray(x, j);
      p2.intoArray(x, j + D);
    }
  }
}
