package io.nelbo.model.score;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.Ensemble;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that makes a score: one VAE or several, the mean contributions and the calibration.
 * Immutable, and therefore safe to share; {@link Scorer} evaluates it, {@link ModelCodec} gives it
 * bytes. The arrays handed out must not be modified.
 */
public final class TrainedModel {
  private final Ensemble ensemble;
  private final double[] baseline;
  private final Calibration calibration;
  private final double[] selfTest;
  private final double selfTestScore;

  // Written by whichever thread asks first, always with the same text.
  private @Nullable String sha256;

  /**
   * Composes a model and takes copies of the arrays.
   *
   * @param baseline mean nats of each feature over the calibration set, then of the KL
   * @param selfTest an observation (NaN where missing)
   * @param selfTestScore its score when the model was made
   * @throws IllegalArgumentException if a length does not fit the features, a number is not finite,
   *     a value of the self-test is not one of its feature, or features share a name
   */
  public TrainedModel(
      Ensemble ensemble,
      double[] baseline,
      Calibration calibration,
      double[] selfTest,
      double selfTestScore) {
    this.ensemble = ensemble;
    this.baseline = baseline.clone();
    this.calibration = calibration;
    this.selfTest = selfTest.clone();
    this.selfTestScore = selfTestScore;
    requireNames(features());
    requireBaseline();
    requireSelfTest();
  }

  public Ensemble ensemble() {
    return ensemble;
  }

  public Features features() {
    return ensemble.features();
  }

  public double[] baseline() {
    return baseline;
  }

  public Calibration calibration() {
    return calibration;
  }

  public double[] selfTest() {
    return selfTest;
  }

  public double selfTestScore() {
    return selfTestScore;
  }

  /** Returns the SHA-256, in lower-case hex, of this model's bytes. */
  public String sha256() {
    String known = sha256;
    if (known == null) {
      known = HexFormat.of().formatHex(ModelCodec.sha256().digest(ModelCodec.encode(this)));
      sha256 = known;
    }
    return known;
  }

  private static void requireNames(Features features) {
    Set<String> names = new HashSet<>();
    for (FeatureSpec spec : features.specs()) {
      if (spec.name().isBlank()) {
        throw new IllegalArgumentException("a feature needs a name, was blank");
      }
      if (!names.add(spec.name())) {
        throw new IllegalArgumentException("two features are named " + spec.name());
      }
      Set<String> values = new HashSet<>();
      for (String value : spec.vocabulary()) {
        if (!values.add(value)) {
          throw new IllegalArgumentException(
              "the vocabulary of " + spec.name() + " holds twice: " + value);
        }
      }
    }
  }

  private void requireBaseline() {
    int count = features().count() + 1;
    if (baseline.length != count) {
      throw new IllegalArgumentException(
          "baseline has " + count + " values, features and KL, was " + baseline.length);
    }
    for (double value : baseline) {
      requireFinite("baseline", value);
    }
  }

  private void requireSelfTest() {
    Features features = features();
    if (selfTest.length != features.count()) {
      throw new IllegalArgumentException(
          "a self-test has " + features.count() + " values, one a feature, was " + selfTest.length);
    }
    for (int j = 0; j < selfTest.length; j++) {
      FeatureSpec spec = features.specs().get(j);
      double value = selfTest[j];
      if (!Double.isNaN(value) && !isValue(spec, value)) {
        throw new IllegalArgumentException(
            "self-test value of " + spec.name() + " is not " + spec.kind() + ": " + value);
      }
    }
    requireFinite("selfTestScore", selfTestScore);
  }

  private static boolean isValue(FeatureSpec spec, double value) {
    if (spec.kind() == FeatureKind.CONTINUOUS) {
      return Double.isFinite(value);
    }
    int last = spec.kind() == FeatureKind.BINARY ? 1 : spec.width() - 1;
    return value >= 0 && value <= last && value == Math.rint(value);
  }

  private static void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(what + " must be finite, was " + value);
    }
  }
}
