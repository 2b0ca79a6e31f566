package io.nelbo.model.vae;

/**
 * The encoder q(z|x) = N(μ(x), diag σ²(x)) with its scratch space, of as many observations side by
 * side as the network's products have. NOT thread safe.
 *
 * <pre>
 * h1 = silu(W1 u + b1)          u: encoder input (inputs), h1 (hidden1)
 * h2 = silu(W2 h1 + b2)         h2 (hidden2)
 * μ  = A u + V h2 + a           (latent)
 * log σ² = clamp(U h2 + c, −10, 6)
 * </pre>
 */
final class Encoder {
  private static final float MIN_LOG_VARIANCE = -10;
  private static final float MAX_LOG_VARIANCE = 6;

  private final Network network;
  private final Room room;
  private final Perceptron.Evaluation layers;
  private final double[] wideInput;
  private final double[] wideMu; // padded
  private final double[] mu;
  private final float[] logVariance;

  Encoder(Network network, Room room) {
    this.network = network;
    this.room = room;
    Shape shape = network.shape;
    layers = network.encoder.newEvaluation(room);
    int width = network.products.width();
    wideInput = new double[shape.inputs() * width];
    wideMu = new double[Products.paddedDoubles(shape.latent()) * width];
    mu = new double[shape.latent() * width];
    logVariance = new float[shape.latent() * width];
  }

  void encode(float[] input) {
    layers.evaluate(input);
    network.products.widen(input, wideInput);
    float[] heads = layers.first;
    for (int l = 0; l < mu.length; l++) {
      wideMu[l] = heads[l];
      logVariance[l] = clamped(heads[mu.length + l]);
    }
    network.muPath.add(wideInput, wideMu, room);
    System.arraycopy(wideMu, 0, mu, 0, mu.length);
  }

  /** NaN stays; Math.min and Math.max take several times as long. */
  private static float clamped(float x) {
    if (x < MIN_LOG_VARIANCE) {
      return MIN_LOG_VARIANCE;
    }
    return x > MAX_LOG_VARIANCE ? MAX_LOG_VARIANCE : x;
  }

  /** The mean μ of the last input; do not modify. */
  double[] mu() {
    return mu;
  }

  /** The log-variance log σ² of the last input; do not modify. */
  float[] logVariance() {
    return logVariance;
  }
}
