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
  private final Pass one;
  private final Pass other;

  Decoder(Weights weights) {
    first = Dense.of(weights, Tensor.DECODER_1, Tensor.DECODER_1_BIAS);
    second = Dense.of(weights, Tensor.DECODER_2, Tensor.DECODER_2_BIAS);
    linear = new LinearPath(weights, Tensor.LOCATION_LINEAR);
    heads =
        Dense.of(weights, Tensor.LOCATION, Tensor.LOCATION_BIAS)
            .followedBy(Dense.of(weights, Tensor.RAW_VARIANCE, Tensor.RAW_VARIANCE_BIAS));
    one = new Pass(weights.shape().latent());
    other = new Pass(weights.shape().latent());
  }

  void decode(double[] z, Conditional conditional) {
    one.read(z);
    first.activate(one.z, one.g1);
    second.activate(one.g1, one.g2);
    heads.apply(one.g2, one.out);
    one.write(z, conditional);
  }

  /** Decodes two latents at less than twice the cost of one. */
  void decode(double[] z1, Conditional conditional1, double[] z2, Conditional conditional2) {
    one.read(z1);
    other.read(z2);
    first.activate(one.z, one.g1, other.z, other.g1);
    second.activate(one.g1, one.g2, other.g1, other.g2);
    heads.apply(one.g2, one.out, other.g2, other.out);
    one.write(z1, conditional1);
    other.write(z2, conditional2);
  }

  /** The scratch space of one latent on its way. */
  private final class Pass {
    final float[] z;
    final float[] g1 = first.newOutput();
    final float[] g2 = second.newOutput();
    final float[] out = heads.newOutput();

    Pass(int latent) {
      z = new float[latent];
    }

    void read(double[] latent) {
      for (int l = 0; l < z.length; l++) {
        z[l] = (float) latent[l];
      }
    }

    void write(double[] latent, Conditional conditional) {
      double[] parameters = conditional.parameters();
      for (int j = 0; j < out.length; j++) {
        parameters[j] = out[j];
      }
      linear.add(latent, parameters);
    }
  }
}
