package io.nelbo.model.vae;

/**
 * Products of a block of observations in plain Java.
 *
 * <p>The shape of this code is what C2 of JDK 17 vectorises: a loop over observations in which
 * every array is read and written at the same index, as rows of one array are not; so each unit has
 * a row of its own. The vectors of such a loop begin with a cache line, and what is before and
 * after them, 16 observations in all, is computed one by one: so rows are long. They are as long as
 * the second-level cache still takes.
 */
final class PlainBlocks extends Products {
  static final int WIDTH = 384;

  /**
   * The length of a row of floats, or of doubles. With the header of an array that is whole cache
   * lines, so that rows which are made one after the other begin at the same place in one, and the
   * vectors of all begin with one where those of one do.
   */
  static final int FLOATS = WIDTH + 12;

  static final int DOUBLES = WIDTH + 6;

  @Override
  int width() {
    return WIDTH;
  }

  @Override
  Perceptron perceptron(Affine layer1, Affine layer2, Affine layer3) {
    return new PlainBlockPerceptron(
        new PlainBlockDense(layer1), new PlainBlockDense(layer2), new PlainBlockDense(layer3));
  }

  @Override
  LinearPath path(float[] rows, int inputs) {
    return new PlainBlockPath(rows, inputs);
  }

  @Override
  void sum(GaussianTerms terms, int sample, int from, int to) {
    PlainBlockTerms.sum(terms, sample, from, to);
  }

  @Override
  void fold(GaussianTerms terms) {
    PlainBlockTerms.fold(terms);
  }
}
