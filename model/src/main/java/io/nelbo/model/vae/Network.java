package io.nelbo.model.vae;

/** The layers of a network, laid out for the kernel. Immutable: all that score share one. */
final class Network {
  final Shape shape;
  final Products products;
  final Perceptron encoder; // of μ, then log σ²
  final LinearPath muPath;
  final Perceptron decoder; // of locations, then raw variances
  final LinearPath locationPath;

  /** Lays the layers out for plain Java. */
  static Network plain(Weights weights) {
    return new Network(weights, new PlainProducts());
  }

  /** Lays the layers out for the fastest products that this JVM has. */
  static Network fastest(Weights weights) {
    return new Network(weights, Products.of(padded(weights.shape())));
  }

  /** Lays the layers out for the fastest products of blocks that this JVM has. */
  static Network blocks(Weights weights) {
    return new Network(weights, Products.ofBlocks());
  }

  private Network(Weights weights, Products products) {
    shape = weights.shape();
    this.products = products;
    encoder =
        products.perceptron(
            Affine.of(weights, Tensor.ENCODER_1, Tensor.ENCODER_1_BIAS),
            Affine.of(weights, Tensor.ENCODER_2, Tensor.ENCODER_2_BIAS),
            Affine.of(weights, Tensor.MU, Tensor.MU_BIAS)
                .followedBy(Affine.of(weights, Tensor.LOG_VARIANCE, Tensor.LOG_VARIANCE_BIAS)));
    muPath = LinearPath.of(products, weights, Tensor.MU_LINEAR);
    decoder =
        products.perceptron(
            Affine.of(weights, Tensor.DECODER_1, Tensor.DECODER_1_BIAS),
            Affine.of(weights, Tensor.DECODER_2, Tensor.DECODER_2_BIAS),
            Affine.of(weights, Tensor.LOCATION, Tensor.LOCATION_BIAS)
                .followedBy(Affine.of(weights, Tensor.RAW_VARIANCE, Tensor.RAW_VARIANCE_BIAS)));
    locationPath = LinearPath.of(products, weights, Tensor.LOCATION_LINEAR);
  }

  /** The weights of all dense layers, outputs padded. */
  private static int padded(Shape shape) {
    return shape.inputs() * Products.padded(shape.hidden1())
        + shape.hidden1() * Products.padded(shape.hidden2())
        + shape.hidden2() * Products.padded(2 * shape.latent())
        + shape.latent() * Products.padded(shape.hidden2())
        + shape.hidden2() * Products.padded(shape.hidden1())
        + shape.hidden1() * Products.padded(shape.outputs() + shape.continuous());
  }
}
