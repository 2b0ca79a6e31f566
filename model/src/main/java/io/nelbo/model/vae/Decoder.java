package io.nelbo.model.vae;

/**
 * The decoder network, from a latent to the parameters of p(x|z), with its scratch space. NOT
 * thread safe.
 *
 * <pre>
 * g1 = silu(D1 z + d1)                      z: latent, g1 (hidden2)
 * g2 = silu(D2 g1 + d2)                     g2 (hidden1)
 * loc = W z + P g2 + b                      (outputs): means, logits, softmax inputs
 * v = −6 + softplus(Q g2 + e + 6)           (continuous): log-variances
 * </pre>
 */
final class Decoder {
  private final Dense first;
  private final Dense second;
  private final LinearPath linear;
  private final Dense heads; // locations, then raw variances
  private final float[] narrow; // the latent
  private final float[] g1;
  private final float[] g2;
  private final float[] out;

  Decoder(Weights weights) {
    Shape shape = weights.shape();
    first = Dense.of(weights, Tensor.DECODER_1, Tensor.DECODER_1_BIAS);
    second = Dense.of(weights, Tensor.DECODER_2, Tensor.DECODER_2_BIAS);
    linear = new LinearPath(weights, Tensor.LOCATION_LINEAR);
    heads =
        Dense.of(weights, Tensor.LOCATION, Tensor.LOCATION_BIAS)
            .followedBy(Dense.of(weights, Tensor.RAW_VARIANCE, Tensor.RAW_VARIANCE_BIAS));
    narrow = new float[shape.latent()];
    g1 = new float[shape.hidden2()];
    g2 = new float[shape.hidden1()];
    out = new float[shape.outputs() + shape.continuous()];
  }

  void decode(double[] z, Conditional conditional) {
    for (int l = 0; l < narrow.length; l++) {
      narrow[l] = (float) z[l];
    }
    first.apply(narrow, g1);
    Silu.apply(g1);
    second.apply(g1, g2);
    Silu.apply(g2);
    heads.apply(g2, out);
    double[] parameters = conditional.parameters();
    for (int j = 0; j < out.length; j++) {
      parameters[j] = out[j];
    }
    linear.add(z, parameters);
  }
}
