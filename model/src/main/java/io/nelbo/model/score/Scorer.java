package io.nelbo.model.score;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.EnsembleElbo;
import io.nelbo.model.vae.Expectation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained model with the scratch space to score observations one by one. NOT thread safe; one a
 * stream task. Scoring allocates nothing, contributions do.
 */
public final class Scorer {
  private final Features features;
  private final Calibration calibration;
  private final double[] baseline;
  private final EnsembleElbo elbo;
  private final double[] observation;
  private double score;

  public Scorer(TrainedModel model) {
    features = model.features();
    calibration = model.calibration();
    baseline = model.baseline();
    elbo = new EnsembleElbo(model.ensemble());
    observation = new double[features.count()];
  }

  /** Returns the negative ELBO of an observation in nats; higher is more anomalous. */
  public double score(double[] observation) {
    score = elbo.negative(observation);
    System.arraycopy(observation, 0, this.observation, 0, observation.length);
    return score;
  }

  /** The expected negative log-likelihood, in nats, of the last observation. */
  public double reconstruction() {
    return elbo.reconstruction();
  }

  /** The KL divergence, or its bound, in nats, of the last observation. */
  public double kl() {
    return elbo.kl();
  }

  /** The p-value of the last score, in (0, 1]. */
  public double pValue() {
    return calibration.pValue(score);
  }

  /**
   * Explains the last score: the features that add most, most first. All of them and {@link
   * #klContribution} sum to the score minus the baseline of what was present.
   */
  public List<Contribution> contributions(int atMost) {
    double positive = Math.max(0, klContribution());
    List<Integer> order = new ArrayList<>();
    for (int j = 0; j < features.count(); j++) {
      positive += Math.max(0, excess(j));
      order.add(j);
    }
    order.sort(Comparator.comparingDouble(j -> -excess(j)));
    List<Contribution> contributions = new ArrayList<>();
    for (int j : order.subList(0, Math.min(atMost, order.size()))) {
      contributions.add(contribution(j, positive));
    }
    return contributions;
  }

  /** What the KL of the last observation adds beside its mean over the calibration set, in nats. */
  public double klContribution() {
    return elbo.kl() - baseline[features.count()];
  }

  private double excess(int feature) {
    return Double.isNaN(observation[feature]) ? 0 : elbo.nats(feature) - baseline[feature];
  }

  private Contribution contribution(int feature, double positive) {
    FeatureSpec spec = features.specs().get(feature);
    Expectation expectation = elbo.expectation();
    double nats = excess(feature);
    double share = nats > 0 ? nats / positive : 0;
    @Nullable Object observed = value(feature, observation[feature]);
    if (spec.kind() == FeatureKind.CONTINUOUS) {
      return new Contribution(
          spec.name(),
          spec.kind(),
          observed,
          expectation.mean(feature),
          expectation.low(feature),
          expectation.high(feature),
          Double.NaN,
          nats,
          share);
    }
    int likeliest = expectation.likeliest(feature);
    return new Contribution(
        spec.name(),
        spec.kind(),
        observed,
        discrete(feature, likeliest),
        Double.NaN,
        Double.NaN,
        expectation.probability(feature, likeliest),
        nats,
        share);
  }

  private @Nullable Object value(int feature, double value) {
    if (Double.isNaN(value)) {
      return null;
    }
    boolean continuous = features.specs().get(feature).kind() == FeatureKind.CONTINUOUS;
    return continuous ? (Object) value : discrete(feature, (int) value);
  }

  private Object discrete(int feature, int code) {
    boolean binary = features.specs().get(feature).kind() == FeatureKind.BINARY;
    return binary ? (Object) (code > 0) : features.category(feature, code);
  }
}
