package io.nelbo.model.vae;

/** The layers of a network, laid out for the kernel. Immutable: all that score share one. */
final class Network {
  final Shape shape;
  final Products products;
  final Dense encoder1;
  final Dense encoder2;
  final LinearPath muPath;
  final Dense encoderHeads; // μ, then log σ²
  final Dense decoder1;
  final Dense decoder2;
  final LinearPath locationPath;
  final Dense decoderHeads; // locations, then raw variances

  /** Lays the layers out for plain Java. */
  static Network plain(Weights weights) {
    return new Network(weights, new PlainProducts());
  }

  /** Lays the layers out for the fastest products that this JVM has. */
  static Network fastest(Weights weights) {
    return new Network(weights, Products.of(padded(weights.shape())));
  }

  /**
   * Lays the layers out for blocks of observations, where there are {@link Products#haveVectors}.
   */
  static Network blocks(Weights weights) {
    return new Network(weights, Products.ofBlocks());
  }

  private Network(Weights weights, Products products) {
    shape = weights.shape();
    this.products = products;
    encoder1 = Dense.of(products, weights, Tensor.ENCODER_1, Tensor.ENCODER_1_BIAS);
    encoder2 = Dense.of(products, weights, Tensor.ENCODER_2, Tensor.ENCODER_2_BIAS);
    muPath = LinearPath.of(products, weights, Tensor.MU_LINEAR);
    encoderHeads =
        Dense.of(
            products,
            weights,
            Tensor.MU,
            Tensor.MU_BIAS,
            Tensor.LOG_VARIANCE,
            Tensor.LOG_VARIANCE_BIAS);
    decoder1 = Dense.of(products, weights, Tensor.DECODER_1, Tensor.DECODER_1_BIAS);
    decoder2 = Dense.of(products, weights, Tensor.DECODER_2, Tensor.DECODER_2_BIAS);
    locationPath = LinearPath.of(products, weights, Tensor.LOCATION_LINEAR);
    decoderHeads =
        Dense.of(
            products,
            weights,
            Tensor.LOCATION,
            Tensor.LOCATION_BIAS,
            Tensor.RAW_VARIANCE,
            Tensor.RAW_VARIANCE_BIAS);
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
