package io.nelbo.model.score;

import io.nelbo.model.vae.Vae;

/**
 * All that makes a score: a VAE, the scoring noise, the mean contributions and the calibration.
 * Immutable, and therefore safe to share; {@link Scorer} evaluates it, {@link ModelCodec} gives it
 * bytes. The arrays handed out must not be modified.
 */
public final class TrainedModel {
  private final Vae vae;
  private final float[] noise;
  private final double[] baseline;
  private final Calibration calibration;
  private final double[] selfTest;
  private final double selfTestScore;

  /**
   * Composes a model.
   *
   * @param noise ε of the antithetic pair ±ε, one a latent; empty scores at z = μ
   * @param baseline mean nats of each feature over the calibration set, then of the KL
   * @param selfTest an observation (NaN where missing)
   * @param selfTestScore its score when the model was made
   */
  public TrainedModel(
      Vae vae,
      float[] noise,
      double[] baseline,
      Calibration calibration,
      double[] selfTest,
      double selfTestScore) {
    this.vae = vae;
    this.noise = noise;
    this.baseline = baseline;
    this.calibration = calibration;
    this.selfTest = selfTest;
    this.selfTestScore = selfTestScore;
  }

  public Vae vae() {
    return vae;
  }

  public float[] noise() {
    return noise;
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
    throw new UnsupportedOperationException();
  }
}
