package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.List;
import java.util.Random;

/**
 * What a model can do beside scoring: reduce, denoise, complete and make up observations. Values
 * are in the record's own units. Holds scratch space. NOT thread safe.
 *
 * <p>Of several members the first one reduces, since each has a latent space of its own; what they
 * expect is the mean over all of them; and what they make up is of the even mixture of them.
 */
public final class Autoencoder {
  private final Features features;
  private final Elbo encoder;
  private final EnsembleElbo elbo;
  private final List<Generator> generators;

  public Autoencoder(Ensemble ensemble) {
    List<Vae> vaes = ensemble.members().stream().map(Member::vae).toList();
    float[] atTheMean = {};
    features = ensemble.features();
    encoder = new Elbo(vaes.get(0), atTheMean);
    elbo =
        new EnsembleElbo(
            new Ensemble(vaes.stream().map(vae -> new Member(vae, atTheMean)).toList()));
    generators = vaes.stream().map(Generator::new).toList();
  }

  /** Returns the latent mean μ(x): the observation in fewer dimensions. */
  public double[] encode(double[] observation) {
    encoder.negative(observation);
    return encoder.mu().clone();
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
      observations[i] = generators.get(random.nextInt(generators.size())).draw(random);
    }
    return observations;
  }

  /** p(x, z) of one member. */
  private static final class Generator {
    private final Prior prior;
    private final Decoder decoder;
    private final Conditional conditional;
    private final double[] z;

    Generator(Vae vae) {
      prior = Prior.of(vae.weights());
      decoder = new Decoder(vae.weights().network(), new Room());
      conditional = new Conditional(vae);
      z = new double[vae.shape().latent()];
    }

    double[] draw(Random random) {
      prior.draw(random, z);
      decoder.decode(z, conditional.parameters());
      return conditional.draw(random);
    }
  }
}
