package io.nelbo.model.vae;

/**
 * The encoder q(z|x) = N(μ(x), diag σ²(x)) with its scratch space. NOT thread safe.
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

  private final Dense first;
  private final Dense second;
  private final LinearPath linear;
  private final Dense heads; // μ, then log σ²
  private final float[] h1;
  private final float[] h2;
  private final float[] out;
  private final double[] wideInput;
  private final double[] wideMu; // padded
  private final double[] mu;
  private final float[] logVariance;

  Encoder(Weights weights) {
    Shape shape = weights.shape();
    first = Dense.of(weights, Tensor.ENCODER_1, Tensor.ENCODER_1_BIAS);
    second = Dense.of(weights, Tensor.ENCODER_2, Tensor.ENCODER_2_BIAS);
    linear = new LinearPath(weights, Tensor.MU_LINEAR);
    heads =
        Dense.of(weights, Tensor.MU, Tensor.MU_BIAS)
            .followedBy(Dense.of(weights, Tensor.LOG_VARIANCE, Tensor.LOG_VARIANCE_BIAS));
    h1 = first.newOutput();
    h2 = second.newOutput();
    out = heads.newOutput();
    wideInput = new double[shape.inputs()];
    wideMu = new double[Products.padded(shape.latent())];
    mu = new double[shape.latent()];
    logVariance = new float[shape.latent()];
  }

  void encode(float[] input) {
    first.activate(input, h1);
    second.activate(h1, h2);
    heads.apply(h2, out);
    for (int i = 0; i < wideInput.length; i++) {
      wideInput[i] = input[i];
    }
    for (int l = 0; l < mu.length; l++) {
      wideMu[l] = out[l];
      logVariance[l] = Math.max(MIN_LOG_VARIANCE, Math.min(MAX_LOG_VARIANCE, out[mu.length + l]));
    }
    linear.add(wideInput, wideMu);
    System.arraycopy(wideMu, 0, mu, 0, mu.length);
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
