package io.nelbo.model.vae;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The map of {@link VectorBlocks}; its shape is as {@link VectorProducts} says. */
final class VectorBlockDense extends Dense {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int F = FLOATS.length();
  private static final int WIDTH = VectorBlocks.WIDTH;
  private static final int TILE = VectorBlocks.TILE;

  private final float[] weights;
  private final int inputs;
  private final float[] bias;
  private final int group;

  /**
   * Composes a map.
   *
   * @param weights laid out as {@link VectorBlocks} says
   * @param bias padded
   */
  VectorBlockDense(float[] weights, int inputs, float[] bias) {
    super(bias.length * WIDTH, 0);
    this.weights = weights;
    this.inputs = inputs;
    this.bias = bias;
    group = Products.group(inputs);
  }

  @Override
  void apply(float[] x, Outputs outputs) {
    float[] w = weights;
    float[] y = outputs.values;
    for (int c = 0; c < WIDTH; c += 2 * F) {
      int last = c + inputs * WIDTH;
      int p = 0;
      for (int j = 0; j < bias.length; j += TILE) {
        int r = j * WIDTH + c;
        FloatVector a1 = broadcast(FLOATS, bias[j]);
        FloatVector a2 = a1;
        FloatVector b1 = broadcast(FLOATS, bias[j + 1]);
        FloatVector b2 = b1;
        FloatVector c1 = broadcast(FLOATS, bias[j + 2]);
        FloatVector c2 = c1;
        FloatVector d1 = broadcast(FLOATS, bias[j + 3]);
        FloatVector d2 = d1;
        FloatVector e1 = broadcast(FLOATS, bias[j + 4]);
        FloatVector e2 = e1;
        FloatVector f1 = broadcast(FLOATS, bias[j + 5]);
        FloatVector f2 = f1;
        FloatVector g1 = broadcast(FLOATS, bias[j + 6]);
        FloatVector g2 = g1;
        FloatVector h1 = broadcast(FLOATS, bias[j + 7]);
        FloatVector h2 = h1;
        int end;
        for (int q = c; q < last; q = end) {
          boolean first = q == c;
          end = Math.min(q + group * WIDTH, last);
          for (; q < end; q += WIDTH) {
            FloatVector x1 = fromArray(FLOATS, x, q);
            FloatVector x2 = fromArray(FLOATS, x, q + F);
            FloatVector k = broadcast(FLOATS, w[p]);
            a1 = x1.fma(k, a1);
            a2 = x2.fma(k, a2);
            k = broadcast(FLOATS, w[p + 1]);
            b1 = x1.fma(k, b1);
            b2 = x2.fma(k, b2);
            k = broadcast(FLOATS, w[p + 2]);
            c1 = x1.fma(k, c1);
            c2 = x2.fma(k, c2);
            k = broadcast(FLOATS, w[p + 3]);
            d1 = x1.fma(k, d1);
            d2 = x2.fma(k, d2);
            k = broadcast(FLOATS, w[p + 4]);
            e1 = x1.fma(k, e1);
            e2 = x2.fma(k, e2);
            k = broadcast(FLOATS, w[p + 5]);
            f1 = x1.fma(k, f1);
            f2 = x2.fma(k, f2);
            k = broadcast(FLOATS, w[p + 6]);
            g1 = x1.fma(k, g1);
            g2 = x2.fma(k, g2);
            k = broadcast(FLOATS, w[p + 7]);
            h1 = x1.fma(k, h1);
            h2 = x2.fma(k, h2);
            p += TILE;
          }
          if (!first) {
            a1 = a1.add(fromArray(FLOATS, y, r));
            a2 = a2.add(fromArray(FLOATS, y, r + F));
            b1 = b1.add(fromArray(FLOATS, y, r + WIDTH));
            b2 = b2.add(fromArray(FLOATS, y, r + WIDTH + F));
            c1 = c1.add(fromArray(FLOATS, y, r + 2 * WIDTH));
            c2 = c2.add(fromArray(FLOATS, y, r + 2 * WIDTH + F));
            d1 = d1.add(fromArray(FLOATS, y, r + 3 * WIDTH));
            d2 = d2.add(fromArray(FLOATS, y, r + 3 * WIDTH + F));
            e1 = e1.add(fromArray(FLOATS, y, r + 4 * WIDTH));
            e2 = e2.add(fromArray(FLOATS, y, r + 4 * WIDTH + F));
            f1 = f1.add(fromArray(FLOATS, y, r + 5 * WIDTH));
            f2 = f2.add(fromArray(FLOATS, y, r + 5 * WIDTH + F));
            g1 = g1.add(fromArray(FLOATS, y, r + 6 * WIDTH));
            g2 = g2.add(fromArray(FLOATS, y, r + 6 * WIDTH + F));
            h1 = h1.add(fromArray(FLOATS, y, r + 7 * WIDTH));
            h2 = h2.add(fromArray(FLOATS, y, r + 7 * WIDTH + F));
          }
          a1.intoArray(y, r);
          a2.intoArray(y, r + F);
          b1.intoArray(y, r + WIDTH);
          b2.intoArray(y, r + WIDTH + F);
          c1.intoArray(y, r + 2 * WIDTH);
          c2.intoArray(y, r + 2 * WIDTH + F);
          d1.intoArray(y, r + 3 * WIDTH);
          d2.intoArray(y, r + 3 * WIDTH + F);
          e1.intoArray(y, r + 4 * WIDTH);
          e2.intoArray(y, r + 4 * WIDTH + F);
          f1.intoArray(y, r + 5 * WIDTH);
          f2.intoArray(y, r + 5 * WIDTH + F);
          g1.intoArray(y, r + 6 * WIDTH);
          g2.intoArray(y, r + 6 * WIDTH + F);
          h1.intoArray(y, r + 7 * WIDTH);
          h2.intoArray(y, r + 7 * WIDTH + F);
          a1 = broadcast(FLOATS, 0);
          a2 = a1;
          b1 = a1;
          b2 = a1;
          c1 = a1;
          c2 = a1;
          d1 = a1;
          d2 = a1;
          e1 = a1;
          e2 = a1;
          f1 = a1;
          f2 = a1;
          g1 = a1;
          g2 = a1;
          h1 = a1;
          h2 = a1;
        }
      }
    }
  }

  @Override
  void apply(float[] x1, Outputs y1, float[] x2, Outputs y2) {
    apply(x1, y1);
    apply(x2, y2);
  }
}
