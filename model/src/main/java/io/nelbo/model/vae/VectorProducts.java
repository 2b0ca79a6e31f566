package io.nelbo.model.vae;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by the Vector API. The sums of a tile, two vectors of outputs, stay in registers while
 * the inputs go by; both samples of a pair share each weight that is loaded. A matrix is one array,
 * tile after tile, of each the weights of the first input, then of the second, and so on: the order
 * in which they are read.
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

  private final CacheLines lines;

  VectorProducts(int weights) {
    lines = new CacheLines(weights);
  }

  @Override
  Dense dense(float[] rows, int inputs, float[] bias) {
    float[] start = Arrays.copyOf(bias, Products.padded(bias.length));
    int from = lines.reserve(inputs * start.length);
    for (int j = 0; j < bias.length; j++) {
      for (int i = 0; i < inputs; i++) {
        lines.floats[from + at(i, j, inputs, 2 * F)] = rows[j * inputs + i];
      }
    }
    return new VectorDense(from, inputs, start);
  }

  @Override
  LinearPath path(float[] rows, int inputs) {
    int outputs = rows.length / inputs;
    int padded = Products.paddedDoubles(outputs);
    double[] weights = new double[inputs * padded];
    for (int j = 0; j < outputs; j++) {
      for (int i = 0; i < inputs; i++) {
        weights[at(i, j, inputs, 2 * D)] = rows[j * inputs + i];
      }
    }
    return new VectorPath(weights, inputs, padded);
  }

  /** Returns where the weight from input i to output j is. */
  private static int at(int i, int j, int inputs, int tile) {
    return (j / tile * inputs + i) * tile + j % tile;
  }

  @Override
  void silu(float[] x) {
    VectorFunctions.silu(x);
  }

  @Override
  void widen(float[] x, double[] y) {
    VectorFunctions.widen(x, y);
  }

  @Override
  void exp(double[] x) {
    VectorFunctions.exp(x);
  }

  @Override
  void sum(GaussianTerms terms, int sample, int from, int to) {
    double[] y = terms.y;
    double[] present = terms.present;
    double[] shift = terms.shift;
    double[] means = terms.means[sample];
    double[] variances = terms.variances[sample];
    int variance = terms.firstVariance;
    int first = sample * SUMS;
    for (int i = 0; i < SUMS; i += 2 * D) {
      DoubleVector product1 = broadcast(DOUBLES, 1);
      DoubleVector product2 = product1;
      DoubleVector squares1 = broadcast(DOUBLES, 0);
      DoubleVector squares2 = squares1;
      DoubleVector greatest1 = broadcast(DOUBLES, -Exponential.BOUND);
      DoubleVector greatest2 = greatest1;
      for (int j = from + i; j < to; j += SUMS) {
        DoubleVector there1 = fromArray(DOUBLES, present, j);
        DoubleVector there2 = fromArray(DOUBLES, present, j + D);
        DoubleVector t1 = fromArray(DOUBLES, variances, variance + j);
        DoubleVector t2 = fromArray(DOUBLES, variances, variance + j + D);
        t1 = t1.fma(there1, fromArray(DOUBLES, shift, j));
        t2 = t2.fma(there2, fromArray(DOUBLES, shift, j + D));
        greatest1 = greatest1.max(t1);
        greatest2 = greatest2.max(t2);
        DoubleVector r1 = t1.max(-Exponential.BOUND).mul(Exponential.SCALE);
        DoubleVector r2 = t2.max(-Exponential.BOUND).mul(Exponential.SCALE);
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
        p1 = p1.add(1.0);
        p2 = p2.add(1.0);
        product1 = product1.mul(p1);
        product2 = product2.mul(p2);
        r1 = fromArray(DOUBLES, y, j).sub(fromArray(DOUBLES, means, j)).mul(there1);
        r2 = fromArray(DOUBLES, y, j + D).sub(fromArray(DOUBLES, means, j + D)).mul(there2);
        squares1 = squares1.add(r1.mul(r1).div(p1));
        squares2 = squares2.add(r2.mul(r2).div(p2));
      }
      product1.intoArray(terms.productsOf, first + i);
      product2.intoArray(terms.productsOf, first + i + D);
      squares1.intoArray(terms.squaresOf, first + i);
      squares2.intoArray(terms.squaresOf, first + i + D);
      greatest1.intoArray(terms.greatestOf, first + i);
      greatest2.intoArray(terms.greatestOf, first + i + D);
    }
  }

  private final class VectorDense extends Dense {
    private final float[] weights = lines.floats;
    private final int from;
    private final int inputs;
    private final float[] bias; // padded

    VectorDense(int from, int inputs, float[] bias) {
      super(VectorProducts.this, bias.length);
      this.from = from;
      this.inputs = inputs;
      this.bias = bias;
    }

    @Override
    void apply(float[] x, float[] y) {
      float[] w = weights;
      int grouped = inputs & ~3;
      int p = from;
      for (int j = 0; j < bias.length; j += 2 * F) {
        FloatVector a = fromArray(FLOATS, bias, j);
        FloatVector b = fromArray(FLOATS, bias, j + F);
        int i = 0;
        for (; i < grouped; i += 4) {
          FloatVector k = broadcast(FLOATS, x[i]);
          FloatVector s = fromArray(FLOATS, w, p).mul(k);
          FloatVector t = fromArray(FLOATS, w, p + F).mul(k);
          k = broadcast(FLOATS, x[i + 1]);
          s = fromArray(FLOATS, w, p + 2 * F).fma(k, s);
          t = fromArray(FLOATS, w, p + 3 * F).fma(k, t);
          k = broadcast(FLOATS, x[i + 2]);
          s = fromArray(FLOATS, w, p + 4 * F).fma(k, s);
          t = fromArray(FLOATS, w, p + 5 * F).fma(k, t);
          k = broadcast(FLOATS, x[i + 3]);
          s = fromArray(FLOATS, w, p + 6 * F).fma(k, s);
          t = fromArray(FLOATS, w, p + 7 * F).fma(k, t);
          a = a.add(s);
          b = b.add(t);
          p += 8 * F;
        }
        for (; i < inputs; i++) {
          FloatVector k = broadcast(FLOATS, x[i]);
          a = fromArray(FLOATS, w, p).fma(k, a);
          b = fromArray(FLOATS, w, p + F).fma(k, b);
          p += 2 * F;
        }
        a.intoArray(y, j);
        b.intoArray(y, j + F);
      }
    }

    @Override
    void apply(float[] x1, float[] y1, float[] x2, float[] y2) {
      float[] w = weights;
      int grouped = inputs & ~3;
      int p = from;
      for (int j = 0; j < bias.length; j += 2 * F) {
        FloatVector a1 = fromArray(FLOATS, bias, j);
        FloatVector b1 = fromArray(FLOATS, bias, j + F);
        FloatVector a2 = a1;
        FloatVector b2 = b1;
        int i = 0;
        for (; i < grouped; i += 4) {
          FloatVector u = fromArray(FLOATS, w, p);
          FloatVector v = fromArray(FLOATS, w, p + F);
          FloatVector k1 = broadcast(FLOATS, x1[i]);
          FloatVector k2 = broadcast(FLOATS, x2[i]);
          FloatVector s1 = u.mul(k1);
          FloatVector t1 = v.mul(k1);
          FloatVector s2 = u.mul(k2);
          FloatVector t2 = v.mul(k2);
          u = fromArray(FLOATS, w, p + 2 * F);
          v = fromArray(FLOATS, w, p + 3 * F);
          k1 = broadcast(FLOATS, x1[i + 1]);
          k2 = broadcast(FLOATS, x2[i + 1]);
          s1 = u.fma(k1, s1);
          t1 = v.fma(k1, t1);
          s2 = u.fma(k2, s2);
          t2 = v.fma(k2, t2);
          u = fromArray(FLOATS, w, p + 4 * F);
          v = fromArray(FLOATS, w, p + 5 * F);
          k1 = broadcast(FLOATS, x1[i + 2]);
          k2 = broadcast(FLOATS, x2[i + 2]);
          s1 = u.fma(k1, s1);
          t1 = v.fma(k1, t1);
          s2 = u.fma(k2, s2);
          t2 = v.fma(k2, t2);
          u = fromArray(FLOATS, w, p + 6 * F);
          v = fromArray(FLOATS, w, p + 7 * F);
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
          p += 8 * F;
        }
        for (; i < inputs; i++) {
          FloatVector u = fromArray(FLOATS, w, p);
          FloatVector v = fromArray(FLOATS, w, p + F);
          FloatVector k1 = broadcast(FLOATS, x1[i]);
          FloatVector k2 = broadcast(FLOATS, x2[i]);
          a1 = u.fma(k1, a1);
          b1 = v.fma(k1, b1);
          a2 = u.fma(k2, a2);
          b2 = v.fma(k2, b2);
          p += 2 * F;
        }
        a1.intoArray(y1, j);
        b1.intoArray(y1, j + F);
        a2.intoArray(y2, j);
        b2.intoArray(y2, j + F);
      }
    }
  }

  private static final class VectorPath extends LinearPath {
    private final double[] weights;
    private final int inputs;
    private final int outputs; // padded

    VectorPath(double[] weights, int inputs, int outputs) {
      this.weights = weights;
      this.inputs = inputs;
      this.outputs = outputs;
    }

    @Override
    void add(double[] x, double[] y) {
      double[] w = weights;
      int grouped = inputs & ~3;
      int p = 0;
      for (int j = 0; j < outputs; j += 2 * D) {
        DoubleVector a = fromArray(DOUBLES, y, j);
        DoubleVector b = fromArray(DOUBLES, y, j + D);
        int i = 0;
        for (; i < grouped; i += 4) {
          DoubleVector k = broadcast(DOUBLES, x[i]);
          DoubleVector s = fromArray(DOUBLES, w, p).mul(k);
          DoubleVector t = fromArray(DOUBLES, w, p + D).mul(k);
          k = broadcast(DOUBLES, x[i + 1]);
          s = fromArray(DOUBLES, w, p + 2 * D).fma(k, s);
          t = fromArray(DOUBLES, w, p + 3 * D).fma(k, t);
          k = broadcast(DOUBLES, x[i + 2]);
          s = fromArray(DOUBLES, w, p + 4 * D).fma(k, s);
          t = fromArray(DOUBLES, w, p + 5 * D).fma(k, t);
          k = broadcast(DOUBLES, x[i + 3]);
          s = fromArray(DOUBLES, w, p + 6 * D).fma(k, s);
          t = fromArray(DOUBLES, w, p + 7 * D).fma(k, t);
          a = a.add(s);
          b = b.add(t);
          p += 8 * D;
        }
        for (; i < inputs; i++) {
          DoubleVector k = broadcast(DOUBLES, x[i]);
          a = fromArray(DOUBLES, w, p).fma(k, a);
          b = fromArray(DOUBLES, w, p + D).fma(k, b);
          p += 2 * D;
        }
        a.intoArray(y, j);
        b.intoArray(y, j + D);
      }
    }
  }
}
