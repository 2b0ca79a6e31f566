package io.nelbo.model.vae;

import static io.nelbo.model.vae.PlainBlocks.WIDTH;

import java.util.Arrays;

/**
 * The sums of {@link GaussianTerms} of a block of observations in plain Java; the shape of its
 * loops is as {@link PlainBlocks} says. At most two features share a sum, so that the one is added
 * to the other.
 */
final class PlainBlockTerms {
  private static final int SUMS = Products.SUMS * WIDTH;
  private static final int CHAINS = 4 * WIDTH;

  private PlainBlockTerms() {}

  static void sum(GaussianTerms terms, int sample, int from, int to) {
    double[] present = terms.present;
    double[] e = terms.exponentials;
    double[] r = terms.numerators;
    int begin = from * WIDTH;
    int end = to * WIDTH;
    int ofTwo = Math.max(begin, end - SUMS);
    int ofAny = Math.min(begin + SUMS, end);
    int count = ofAny - begin;
    int first = sample * SUMS;
    Arrays.fill(terms.productsOf, first, first + SUMS, 1);
    Arrays.fill(terms.squaresOf, first, first + SUMS, 0);
    Arrays.fill(terms.greatestOf, first, first + SUMS, -Exponential.BOUND);

    System.arraycopy(
        terms.variances[sample], terms.firstVariance * WIDTH + begin, e, begin, end - begin);
    exponents(e, present, terms.shift, begin, end);
    System.arraycopy(e, begin, r, begin, count);
    greatest(r, e, begin, ofTwo);
    System.arraycopy(r, begin, terms.greatestOf, first, count);
    denominators(e, begin, end);
    numerators(r, terms.y, terms.means[sample], present, begin, end);
    addFractions(r, e, begin, ofTwo);
    divide(r, e, ofTwo, ofAny);
    System.arraycopy(e, begin, terms.productsOf, first, count);
    System.arraycopy(r, begin, terms.squaresOf, first, count);
  }

  private static void exponents(double[] e, double[] present, double[] shift, int begin, int end) {
    for (int k = begin; k < end; k++) {
      e[k] = Math.fma(e[k], present[k], shift[k]);
    }
  }

  private static void greatest(double[] greatest, double[] e, int begin, int end) {
    for (int k = begin; k < end; k++) {
      greatest[k] = Math.max(greatest[k], e[k + SUMS]);
    }
  }

  private static void denominators(double[] e, int begin, int end) {
    for (int k = begin; k < end; k++) {
      e[k] = 1 + Exponential.of(Math.max(e[k], -Exponential.BOUND));
    }
  }

  private static void numerators(
      double[] r, double[] y, double[] means, double[] present, int begin, int end) {
    for (int k = begin; k < end; k++) {
      double off = (y[k] - means[k]) * present[k];
      r[k] = off * off;
    }
  }

  /** Adds the fractions of the other feature, and divides. */
  private static void addFractions(double[] r, double[] e, int begin, int end) {
    for (int k = begin; k < end; k++) {
      double product = e[k] * e[k + SUMS];
      r[k] = Math.fma(r[k], e[k + SUMS], r[k + SUMS] * e[k]) / product;
      e[k] = product;
    }
  }

  private static void divide(double[] r, double[] e, int begin, int end) {
    for (int k = begin; k < end; k++) {
      r[k] /= e[k];
    }
  }

  /** Does for every lane what {@link GaussianTerms#foldAlone} does for one. */
  static void fold(GaussianTerms terms) {
    double[] p = terms.productsOf;
    double[] s = terms.squaresOf;
    double[] g = terms.greatestOf;
    int last = p.length - CHAINS;
    accumulate(p, s, g, last);
    for (int l = 0; l < WIDTH; l++) {
      int l0 = last + l;
      int l1 = l0 + WIDTH;
      int l2 = l1 + WIDTH;
      int l3 = l2 + WIDTH;
      terms.product[l] = (p[l0] * p[l1]) * (p[l2] * p[l3]);
      terms.squares[l] = (s[l0] + s[l1]) + (s[l2] + s[l3]);
      terms.greatest[l] = Math.max(Math.max(g[l0], g[l2]), Math.max(g[l1], g[l3]));
    }
  }

  private static void accumulate(double[] p, double[] s, double[] g, int end) {
    for (int k = 0; k < end; k++) {
      p[k + CHAINS] *= p[k];
      s[k + CHAINS] += s[k];
      g[k + CHAINS] = Math.max(g[k + CHAINS], g[k]);
    }
  }
}
