package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.Random;

/**
 * What a model can do beside scoring: reduce, denoise, complete and make up observations. Values
 * are in the record's own units. Holds scratch space. NOT thread safe.
 */
public final class Autoencoder {
  private final Features features;
  private final Elbo elbo;
  private final Decoder decoder;
  private final Conditional conditional;
  private final float[] z;

  public Autoencoder(Vae vae) {
    features = vae.features();
    elbo = new Elbo(vae, new float[0]);
    decoder = new Decoder(vae.weights());
    conditional = new Conditional(vae);
    z = new float[vae.shape().latent()];
  }

  /** Returns the latent mean μ(x): the observation in fewer dimensions. */
  public float[] encode(double[] observation) {
    elbo.negative(observation);
    return elbo.mu().clone();
  }

  /**
   * Returns E[x|z] at z = μ(x), laid out as the decoder's locations are ({@link Features#offset}):
   * the mean of a continuous feature, P(true) of a binary one, the probability of each code of a
   * categorical one. What was missing is there too.
   */
  public double[] reconstruct(double[] observation) {
    elbo.negative(observation);
    Expectation expectation = elbo.expectation();
    double[] expected = new double[features.outputs()];
    for (int j = 0; j < features.count(); j++) {
      FeatureSpec spec = features.specs().get(j);
      int offset = features.offset(j);
      switch (spec.kind()) {
        case CONTINUOUS -> expected[offset] = expectation.mean(j);
        case BINARY -> expected[offset] = expectation.probability(j, 1);
        case CATEGORICAL -> {
          for (int code = 0; code < spec.width(); code++) {
            expected[offset + code] = expectation.probability(j, code);
          }
        }
      }
    }
    return expected;
  }

  /** Returns the observation with each missing value replaced by its mean or likeliest code. */
  public double[] impute(double[] observation) {
    elbo.negative(observation);
    Expectation expectation = elbo.expectation();
    double[] complete = observation.clone();
    for (int j = 0; j < complete.length; j++) {
      if (Double.isNaN(complete[j])) {
        boolean continuous = features.specs().get(j).kind() == FeatureKind.CONTINUOUS;
        complete[j] = continuous ? expectation.mean(j) : expectation.likeliest(j);
      }
    }
    return complete;
  }

  /** Returns synthetic observations, z from the prior and x from the decoder; none is missing. */
  public double[][] sample(int count, long seed) {
    Random random = new Random(seed);
    double[][] observations = new double[count][];
    for (int i = 0; i < count; i++) {
      for (int l = 0; l < z.length; l++) {
        z[l] = (float) random.nextGaussian();
      }
      decoder.decode(z, conditional);
      observations[i] = conditional.draw(random);
    }
    return observations;
  }
}
