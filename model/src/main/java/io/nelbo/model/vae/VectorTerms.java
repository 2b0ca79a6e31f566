package io.nelbo.model.vae;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of {@link GaussianTerms} by the Vector API; its shape is as {@link VectorProducts} says.
 */
final class VectorTerms {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int D = DOUBLES.length();

  private VectorTerms() {}

  static void sum(GaussianTerms terms, int sample, int from, int to) {
    double[] present = terms.present;
    double[] shift = terms.shift;
    double[] variances = terms.variances[sample];
    double[] exponents = terms.exponentials;
    int width = terms.width;
    int variance = terms.firstVariance * width;
    int offset = from * width;
    int end = to * width;
    int step = Products.SUMS * width;
    for (int i = 0; i < step; i += 2 * D) {
      DoubleVector greatest1 = broadcast(DOUBLES, -Exponential.BOUND);
      DoubleVector greatest2 = greatest1;
      for (int j = offset + i; j < end; j += step) {
        DoubleVector t1 = fromArray(DOUBLES, variances, variance + j);
        DoubleVector t2 = fromArray(DOUBLES, variances, variance + j + D);
        t1 = t1.fma(fromArray(DOUBLES, present, j), fromArray(DOUBLES, shift, j));
        t2 = t2.fma(fromArray(DOUBLES, present, j + D), fromArray(DOUBLES, shift, j + D));
        greatest1 = greatest1.max(t1);
        greatest2 = greatest2.max(t2);
        t1.max(-Exponential.BOUND).intoArray(exponents, j - offset);
        t2.max(-Exponential.BOUND).intoArray(exponents, j - offset + D);
      }
      greatest1.intoArray(terms.greatestOf, sample * step + i);
      greatest2.intoArray(terms.greatestOf, sample * step + i + D);
    }
    VectorFunctions.exp(exponents, end - offset);
    addTerms(terms, sample, from, to);
  }

  private static void addTerms(GaussianTerms terms, int sample, int from, int to) {
    double[] y = terms.y;
    double[] present = terms.present;
    double[] means = terms.means[sample];
    double[] exponentials = terms.exponentials;
    int width = terms.width;
    int offset = from * width;
    int end = to * width;
    int step = Products.SUMS * width;
    for (int i = 0; i < step; i += 2 * D) {
      DoubleVector product1 = broadcast(DOUBLES, 1);
      DoubleVector product2 = product1;
      DoubleVector numerator1 = broadcast(DOUBLES, 0);
      DoubleVector numerator2 = numerator1;
      for (int j = offset + i; j < end; j += step) {
        DoubleVector e1 = fromArray(DOUBLES, exponentials, j - offset).add(1.0);
        DoubleVector e2 = fromArray(DOUBLES, exponentials, j - offset + D).add(1.0);
        DoubleVector r1 = fromArray(DOUBLES, y, j).sub(fromArray(DOUBLES, means, j));
        DoubleVector r2 = fromArray(DOUBLES, y, j + D).sub(fromArray(DOUBLES, means, j + D));
        r1 = r1.mul(fromArray(DOUBLES, present, j));
        r2 = r2.mul(fromArray(DOUBLES, present, j + D));
        numerator1 = numerator1.fma(e1, r1.mul(r1).mul(product1));
        numerator2 = numerator2.fma(e2, r2.mul(r2).mul(product2));
        product1 = product1.mul(e1);
        product2 = product2.mul(e2);
      }
      product1.intoArray(terms.productsOf, sample * step + i);
      product2.intoArray(terms.productsOf, sample * step + i + D);
      numerator1.div(product1).intoArray(terms.squaresOf, sample * step + i);
      numerator2.div(product2).intoArray(terms.squaresOf, sample * step + i + D);
    }
  }

  /** Does for every lane what {@link GaussianTerms#foldAlone} does for one. */
  static void fold(GaussianTerms terms) {
    double[] products = terms.productsOf;
    double[] squares = terms.squaresOf;
    double[] greatest = terms.greatestOf;
    int width = terms.width;
    for (int lane = 0; lane < width; lane += D) {
      DoubleVector p0 = broadcast(DOUBLES, 1);
      DoubleVector p1 = p0;
      DoubleVector p2 = p0;
      DoubleVector p3 = p0;
      DoubleVector s0 = broadcast(DOUBLES, 0);
      DoubleVector s1 = s0;
      DoubleVector s2 = s0;
      DoubleVector s3 = s0;
      DoubleVector g0 = fromArray(DOUBLES, greatest, lane);
      DoubleVector g1 = g0;
      for (int i = lane; i < products.length; i += 4 * width) {
        p0 = p0.mul(fromArray(DOUBLES, products, i));
        p1 = p1.mul(fromArray(DOUBLES, products, i + width));
        p2 = p2.mul(fromArray(DOUBLES, products, i + 2 * width));
        p3 = p3.mul(fromArray(DOUBLES, products, i + 3 * width));
        s0 = s0.add(fromArray(DOUBLES, squares, i));
        s1 = s1.add(fromArray(DOUBLES, squares, i + width));
        s2 = s2.add(fromArray(DOUBLES, squares, i + 2 * width));
        s3 = s3.add(fromArray(DOUBLES, squares, i + 3 * width));
        g0 = g0.max(fromArray(DOUBLES, greatest, i));
        g1 = g1.max(fromArray(DOUBLES, greatest, i + width));
        g0 = g0.max(fromArray(DOUBLES, greatest, i + 2 * width));
        g1 = g1.max(fromArray(DOUBLES, greatest, i + 3 * width));
      }
      p0.mul(p1).mul(p2.mul(p3)).intoArray(terms.product, lane);
      s0.add(s1).add(s2.add(s3)).intoArray(terms.squares, lane);
      g0.max(g1).intoArray(terms.greatest, lane);
    }
  }
}
