package io.nelbo.model.vae;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The linear path of {@link VectorBlocks}; its shape is as {@link VectorProducts} says. */
final class VectorBlockPath extends LinearPath {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int D = DOUBLES.length();
  private static final int WIDTH = VectorBlocks.WIDTH;
  private static final int TILE = VectorBlocks.TILE;

  private final double[] weights;
  private final int inputs;
  private final int outputs;

  /**
   * Composes a map.
   *
   * @param weights laid out as {@link VectorBlocks} says
   * @param outputs padded
   */
  VectorBlockPath(double[] weights, int inputs, int outputs) {
    this.weights = weights;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  @Override
  void add(double[] x, double[] y, Room room) {
    double[] w = weights;
    for (int c = 0; c < WIDTH; c += 2 * D) {
      int p = 0;
      for (int j = 0; j < outputs; j += TILE) {
        int r = j * WIDTH + c;
        DoubleVector a1 = fromArray(DOUBLES, y, r);
        DoubleVector a2 = fromArray(DOUBLES, y, r + D);
        DoubleVector b1 = fromArray(DOUBLES, y, r + WIDTH);
        DoubleVector b2 = fromArray(DOUBLES, y, r + WIDTH + D);
        DoubleVector c1 = fromArray(DOUBLES, y, r + 2 * WIDTH);
        DoubleVector c2 = fromArray(DOUBLES, y, r + 2 * WIDTH + D);
        DoubleVector d1 = fromArray(DOUBLES, y, r + 3 * WIDTH);
        DoubleVector d2 = fromArray(DOUBLES, y, r + 3 * WIDTH + D);
        DoubleVector e1 = fromArray(DOUBLES, y, r + 4 * WIDTH);
        DoubleVector e2 = fromArray(DOUBLES, y, r + 4 * WIDTH + D);
        DoubleVector f1 = fromArray(DOUBLES, y, r + 5 * WIDTH);
        DoubleVector f2 = fromArray(DOUBLES, y, r + 5 * WIDTH + D);
        DoubleVector g1 = fromArray(DOUBLES, y, r + 6 * WIDTH);
        DoubleVector g2 = fromArray(DOUBLES, y, r + 6 * WIDTH + D);
        DoubleVector h1 = fromArray(DOUBLES, y, r + 7 * WIDTH);
        DoubleVector h2 = fromArray(DOUBLES, y, r + 7 * WIDTH + D);
        int q = c;
        for (int i = 0; i < inputs; i++) {
          DoubleVector x1 = fromArray(DOUBLES, x, q);
          DoubleVector x2 = fromArray(DOUBLES, x, q + D);
          DoubleVector k = broadcast(DOUBLES, w[p]);
          a1 = x1.fma(k, a1);
          a2 = x2.fma(k, a2);
          k = broadcast(DOUBLES, w[p + 1]);
          b1 = x1.fma(k, b1);
          b2 = x2.fma(k, b2);
          k = broadcast(DOUBLES, w[p + 2]);
          c1 = x1.fma(k, c1);
          c2 = x2.fma(k, c2);
          k = broadcast(DOUBLES, w[p + 3]);
          d1 = x1.fma(k, d1);
          d2 = x2.fma(k, d2);
          k = broadcast(DOUBLES, w[p + 4]);
          e1 = x1.fma(k, e1);
          e2 = x2.fma(k, e2);
          k = broadcast(DOUBLES, w[p + 5]);
          f1 = x1.fma(k, f1);
          f2 = x2.fma(k, f2);
          k = broadcast(DOUBLES, w[p + 6]);
          g1 = x1.fma(k, g1);
          g2 = x2.fma(k, g2);
          k = broadcast(DOUBLES, w[p + 7]);
          h1 = x1.fma(k, h1);
          h2 = x2.fma(k, h2);
          q += WIDTH;
          p += TILE;
        }
        a1.intoArray(y, r);
        a2.intoArray(y, r + D);
        b1.intoArray(y, r + WIDTH);
        b2.intoArray(y, r + WIDTH + D);
        c1.intoArray(y, r + 2 * WIDTH);
        c2.intoArray(y, r + 2 * WIDTH + D);
        d1.intoArray(y, r + 3 * WIDTH);
        d2.intoArray(y, r + 3 * WIDTH + D);
        e1.intoArray(y, r + 4 * WIDTH);
        e2.intoArray(y, r + 4 * WIDTH + D);
        f1.intoArray(y, r + 5 * WIDTH);
        f2.intoArray(y, r + 5 * WIDTH + D);
        g1.intoArray(y, r + 6 * WIDTH);
        g2.intoArray(y, r + 6 * WIDTH + D);
        h1.intoArray(y, r + 7 * WIDTH);
        h2.intoArray(y, r + 7 * WIDTH + D);
      }
    }
  }
}
