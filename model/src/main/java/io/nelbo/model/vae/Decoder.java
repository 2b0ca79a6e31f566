package io.nelbo.model.vae;

/**
 * The decoder network, from a latent to the parameters of p(x|z), with its scratch space; of as
 * many observations side by side as the network's products have. NOT thread safe.
 *
 * <pre>
 * g1 = silu(D1 z + d1)                      z: latent, g1 (hidden2)
 * g2 = silu(D2 g1 + d2)                     g2 (hidden1)
 * loc = W z + P g2 + b                      (outputs): means, logits, softmax inputs
 * v = −6 + softplus(Q g2 + e + 6)           (continuous): log-variances
 * </pre>
 */
final class Decoder {
  private final Network network;
  private final Pass one;
  private final Pass other;

  Decoder(Network network) {
    this.network = network;
    one = new Pass();
    other = new Pass();
  }

  /** Writes the parameters, locations then raw variances. */
  void decode(double[] z, double[] parameters) {
    one.read(z);
    network.decoder1.activate(one.z, one.g1);
    network.decoder2.activate(one.g1.values, one.g2);
    network.decoderHeads.apply(one.g2.values, one.out);
    one.write(z, parameters);
  }

  /** Decodes two latents at less than twice the cost of one. */
  void decode(double[] z1, double[] parameters1, double[] z2, double[] parameters2) {
    one.read(z1);
    other.read(z2);
    network.decoder1.activate(one.z, one.g1, other.z, other.g1);
    network.decoder2.activate(one.g1.values, one.g2, other.g1.values, other.g2);
    network.decoderHeads.apply(one.g2.values, one.out, other.g2.values, other.out);
    one.write(z1, parameters1);
    other.write(z2, parameters2);
  }

  /** The scratch space of one latent on its way. */
  private final class Pass {
    final float[] z = new float[network.shape.latent() * network.products.width()];
    final Dense.Outputs g1 = network.decoder1.newOutputs();
    final Dense.Outputs g2 = network.decoder2.newOutputs();
    final Dense.Outputs out = network.decoderHeads.newOutputs();

    void read(double[] latent) {
      network.products.narrow(latent, z);
    }

    void write(double[] latent, double[] parameters) {
      network.products.widen(out.values, parameters);
      network.locationPath.add(latent, parameters);
    }
  }
}
