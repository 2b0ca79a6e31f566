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
  private final Room room;
  private final Perceptron.Evaluation layers;
  private final float[] narrow1;
  private final float[] narrow2;

  Decoder(Network network, Room room) {
    this.network = network;
    this.room = room;
    layers = network.decoder.newEvaluation(room);
    narrow1 = new float[network.shape.latent() * network.products.width()];
    narrow2 = narrow1.clone();
  }

  /** Returns room for the parameters. */
  double[] newParameters() {
    return new double[layers.first.length];
  }

  /** Writes the parameters, locations then raw variances. */
  void decode(double[] z, double[] parameters) {
    network.products.narrow(z, narrow1);
    layers.evaluate(narrow1);
    write(layers.first, z, parameters);
  }

  /** Decodes two latents at less than twice the cost of one. */
  void decode(double[] z1, double[] parameters1, double[] z2, double[] parameters2) {
    network.products.narrow(z1, narrow1);
    network.products.narrow(z2, narrow2);
    layers.evaluate(narrow1, narrow2);
    write(layers.first, z1, parameters1);
    write(layers.second, z2, parameters2);
  }

  private void write(float[] outputs, double[] z, double[] parameters) {
    network.products.widen(outputs, parameters);
    network.locationPath.add(z, parameters, room);
  }
}
