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
 * not through methods of our own; each method has loops of some fifty operations, and is longer
 * than what C2 inlines into its callers. Compiled apart from the rest, and reached by name only:
 * the module may not be there.
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
  Perceptron perceptron(Affine layer1, Affine layer2, Affine layer3) {
    return new DensePerceptron(this, dense(layer1), dense(layer2), dense(layer3));
  }

  private Dense dense(Affine layer) {
    float[] rows = layer.rows;
    int inputs = layer.inputs;
    float[] bias = layer.bias;
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
  void narrow(double[] x, float[] y) {
    VectorFunctions.narrow(x, y);
  }

  @Override
  void exp(double[] x) {
    VectorFunctions.exp(x, x.length);
  }

  @Override
  void sum(GaussianTerms terms, int sample, int from, int to) {
    VectorTerms.sum(terms, sample, from, to);
  }

  @Override
  void fold(GaussianTerms terms) {
    terms.foldAlone();
  }

  private final class VectorDense extends Dense {
    private final float[] weights = lines.floats;
    private final int from;
    private final int inputs;
    private final float[] bias; // padded
    private final int group;

    VectorDense(int from, int inputs, float[] bias) {
      super(bias.length, 0);
      this.from = from;
      this.inputs = inputs;
      this.bias = bias;
      group = group(inputs);
    }

    @Override
    void apply(float[] x, Outputs outputs) {
      float[] w = weights;
      float[] y = outputs.values;
      int p = from;
      for (int j = 0; j < bias.length; j += 2 * F) {
        FloatVector s = fromArray(FLOATS, bias, j);
        FloatVector t = fromArray(FLOATS, bias, j + F);
        FloatVector a = broadcast(FLOATS, 0);
        FloatVector b = a;
        int i = 0;
        while (i < inputs) {
          int end = Math.min(i + group, inputs);
          for (; i < end - 3; i += 4) {
            FloatVector k = broadcast(FLOATS, x[i]);
            s = fromArray(FLOATS, w, p).fma(k, s);
            t = fromArray(FLOATS, w, p + F).fma(k, t);
            k = broadcast(FLOATS, x[i + 1]);
            s = fromArray(FLOATS, w, p + 2 * F).fma(k, s);
            t = fromArray(FLOATS, w, p + 3 * F).fma(k, t);
            k = broadcast(FLOATS, x[i + 2]);
            s = fromArray(FLOATS, w, p + 4 * F).fma(k, s);
            t = fromArray(FLOATS, w, p + 5 * F).fma(k, t);
            k = broadcast(FLOATS, x[i + 3]);
            s = fromArray(FLOATS, w, p + 6 * F).fma(k, s);
            t = fromArray(FLOATS, w, p + 7 * F).fma(k, t);
            p += 8 * F;
          }
          for (; i < end; i++) {
            FloatVector k = broadcast(FLOATS, x[i]);
            s = fromArray(FLOATS, w, p).fma(k, s);
            t = fromArray(FLOATS, w, p + F).fma(k, t);
            p += 2 * F;
          }
          a = a.add(s);
          b = b.add(t);
          s = broadcast(FLOATS, 0);
          t = s;
        }
        a.intoArray(y, j);
        b.intoArray(y, j + F);
      }
    }

    @Override
    void apply(float[] x1, Outputs outputs1, float[] x2, Outputs outputs2) {
      float[] w = weights;
      int p = from;
      for (int j = 0; j < bias.length; j += 2 * F) {
        FloatVector s1 = fromArray(FLOATS, bias, j);
        FloatVector t1 = fromArray(FLOATS, bias, j + F);
        FloatVector s2 = s1;
        FloatVector t2 = t1;
        FloatVector a1 = broadcast(FLOATS, 0);
        FloatVector b1 = a1;
        FloatVector a2 = a1;
        FloatVector b2 = a1;
        int i = 0;
        while (i < inputs) {
          int end = Math.min(i + group, inputs);
          for (; i < end - 3; i += 4) {
            FloatVector u = fromArray(FLOATS, w, p);
            FloatVector v = fromArray(FLOATS, w, p + F);
            FloatVector k1 = broadcast(FLOATS, x1[i]);
            FloatVector k2 = broadcast(FLOATS, x2[i]);
            s1 = u.fma(k1, s1);
            t1 = v.fma(k1, t1);
            s2 = u.fma(k2, s2);
            t2 = v.fma(k2, t2);
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
            p += 8 * F;
          }
          for (; i < end; i++) {
            FloatVector u = fromArray(FLOATS, w, p);
            FloatVector v = fromArray(FLOATS, w, p + F);
            FloatVector k1 = broadcast(FLOATS, x1[i]);
            FloatVector k2 = broadcast(FLOATS, x2[i]);
            s1 = u.fma(k1, s1);
            t1 = v.fma(k1, t1);
            s2 = u.fma(k2, s2);
            t2 = v.fma(k2, t2);
            p += 2 * F;
          }
          a1 = a1.add(s1);
          b1 = b1.add(t1);
          a2 = a2.add(s2);
          b2 = b2.add(t2);
          s1 = broadcast(FLOATS, 0);
          t1 = s1;
          s2 = s1;
          t2 = s1;
        }
        a1.intoArray(outputs1.values, j);
        b1.intoArray(outputs1.values, j + F);
        a2.intoArray(outputs2.values, j);
        b2.intoArray(outputs2.values, j + F);
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
    void add(double[] x, double[] y, Room room) {
      double[] w = weights;
      int p = 0;
      for (int j = 0; j < outputs; j += 2 * D) {
        DoubleVector a = fromArray(DOUBLES, y, j);
        DoubleVector b = fromArray(DOUBLES, y, j + D);
        for (int i = 0; i < inputs; i++) {
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
