package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.nelbo.model.vae.ContinuousLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The likelihood of a batch's continuous features: N(a, exp v) or Student's t with 4 degrees of
 * freedom, with v = −6 + softplus(r), r = raw + 6.
 */
final class NumbersGraph {
  private static final int[] COLUMNS = {1};
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /** −ln Γ(5/2) + ln Γ(2) + ½ ln 4π, of Student's t with 4 degrees of freedom. */
  private static final double STUDENT =
      0.5 * Math.log(4 * Math.PI) - Math.log(0.75 * Math.sqrt(Math.PI));

  private final ContinuousLikelihood likelihood;
  private final NDArray half;
  private final NDArray one;
  private final NDArray four;
  private final NDArray five;
  private final NDArray six;
  private final NDArray gaussian;
  private final NDArray student;
  private final NDArray highestPrecision;

  NumbersGraph(NDManager constants, ContinuousLikelihood likelihood) {
    this.likelihood = likelihood;
    half = constants.create(0.5f);
    one = constants.create(1f);
    four = constants.create(4f);
    five = constants.create(5f);
    six = constants.create(6f);
    gaussian = constants.create((float) LOG_2PI);
    student = constants.create((float) STUDENT);
    highestPrecision = constants.create((float) Math.exp(6));
  }

  /** Returns the nats of each row. */
  NDArray nats(NDArray mean, NDArray rawVariance, NDArray target, @Nullable NDArray present) {
    NDArray v = Activation.softPlus(rawVariance.add(six)).subi(six);
    NDArray deviation = target.sub(mean);
    NDArray ratio = v.neg().exp().muli(deviation).muli(deviation);
    NDArray twice =
        switch (likelihood) {
          case GAUSSIAN -> ratio.addi(v).addi(gaussian);
          case STUDENT_T ->
              ratio.divi(four).addi(one).log().muli(five).addi(v).addi(student).addi(student);
        };
    return (present == null ? twice : twice.muli(present)).sum(COLUMNS).muli(half);
  }

  /**
   * Returns the slopes of mean and raw variance. With ρ = (y − a)² exp(−v) both likelihoods have
   * −2k (y − a) exp(−v) and (½ − k ρ) dv/dr, where k is ½ for the Gaussian and 5/2 / (4 + ρ) for
   * Student's t; and with n = σ(−r), exp(−v) is e⁶ n and dv/dr is 1 − n.
   */
  ReconstructionGraph.Slopes slopes(
      NDArray mean, NDArray rawVariance, NDArray target, @Nullable NDArray present) {
    NDArray n = Activation.sigmoid(rawVariance.add(six).negi());
    NDArray deviation = target.sub(mean);
    NDArray slopeOfMean = n.mul(highestPrecision).muli(deviation); // 2k still to come, and a minus
    NDArray ratio = deviation.muli(slopeOfMean); // and here
    if (likelihood == ContinuousLikelihood.STUDENT_T) {
      NDArray denominator = ratio.add(four);
      slopeOfMean.muli(five).divi(denominator);
      ratio.muli(five).divi(denominator);
    }
    slopeOfMean.negi();
    // (½ − k ρ) (1 − n) is ½ (2k ρ − 1) (n − 1).
    NDArray slopeOfRaw = ratio.subi(one).muli(n.subi(one)).muli(half);
    if (present != null) {
      slopeOfMean.muli(present);
      slopeOfRaw.muli(present);
    }
    return new ReconstructionGraph.Slopes(slopeOfMean, slopeOfRaw);
  }
}
