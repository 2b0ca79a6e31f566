package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.feature.Features;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElboTest {
  private static final float[] NO_NOISE = {};

  @Test
  void klIsZeroAtThePrior() {
    Features features = Features.of(Vaes.continuous(3));
    Elbo elbo = new Elbo(Vaes.linear(features, 2, Map.of()), NO_NOISE);

    elbo.negative(new double[] {4, -7, 100});

    assertThat(elbo.kl()).isZero();
  }

  @Test
  void analyticKlIsTheMonteCarloMean() {
    Elbo elbo = new Elbo(Vaes.random(Vaes.continuous(5), 3, 16, 8, 1), NO_NOISE);
    elbo.negative(new double[] {1, 2, 0, 4, 5});
    Random random = new Random(2);
    int samples = 200_000;

    double sum = 0;
    double sumOfSquares = 0;
    for (int k = 0; k < samples; k++) {
      double logRatio = 0; // log q(z|x) − log p(z)
      for (int l = 0; l < 3; l++) {
        double epsilon = random.nextGaussian();
        double z = elbo.mu()[l] + Math.exp(0.5 * elbo.logVariance()[l]) * epsilon;
        logRatio += 0.5 * (z * z - epsilon * epsilon - elbo.logVariance()[l]);
      }
      sum += logRatio;
      sumOfSquares += logRatio * logRatio;
    }
    double mean = sum / samples;
    double standardError = Math.sqrt((sumOfSquares / samples - mean * mean) / samples);

    assertThat(elbo.kl()).isPositive().isCloseTo(mean, within(4 * standardError));
  }

  @Test
  void missingValuesAddNothing() {
    Elbo elbo = new Elbo(Vaes.random(Vaes.mixed(), 2, 8, 4, 3), new float[] {0.5f, -1});

    double score = elbo.negative(new double[] {Double.NaN, 2, Double.NaN});

    assertThat(elbo.nats(0)).isZero();
    assertThat(elbo.nats(2)).isZero();
    assertThat(elbo.nats(1)).isPositive();
    assertThat(score).isCloseTo(elbo.nats(1) + elbo.kl(), within(1e-9));
  }

  @Test
  void antitheticPairDoesNotDependOnTheSignOfTheNoise() {
    Vae vae = Vaes.random(Vaes.continuous(4), 2, 8, 4, 4);
    double[] observation = {1, 2, 3, 4};

    double plus = new Elbo(vae, new float[] {0.5f, -1}).negative(observation);
    double minus = new Elbo(vae, new float[] {-0.5f, 1}).negative(observation);

    assertThat(plus).isEqualTo(minus);
  }

  @Test
  void scoreIsADensityInTheUnitsOfTheRecord() {
    double[] observation = {1.5};
    Map<Tensor, float[]> none = Map.of();
    Features metres = Features.of(Vaes.continuous(1));
    Features millimetres =
        Features.of(
            java.util.List.of(io.nelbo.model.feature.FeatureSpec.continuous("x0", 0, 1000, false)));

    double ofMetres = new Elbo(Vaes.linear(metres, 2, none), NO_NOISE).negative(observation);
    double ofMillimetres =
        new Elbo(Vaes.linear(millimetres, 2, none), NO_NOISE).negative(new double[] {1500});

    assertThat(ofMillimetres - ofMetres).isCloseTo(Math.log(1000), within(1e-12));
  }

  @Test
  void sameObservationHasTheSameBitsWhateverCameBefore() {
    Vae vae = Vaes.random(Vaes.continuous(7), 3, 33, 17, 5);
    float[] noise = {1, -2, 0.5f};
    double[][] observations = normal(200, 7);
    Elbo inOrder = new Elbo(vae, noise);
    long[] bits = new long[observations.length];
    for (int i = 0; i < observations.length; i++) {
      bits[i] = Double.doubleToRawLongBits(inOrder.negative(observations[i]));
    }

    // Many times over, so that the JIT compiler's code is compared to the interpreter's.
    Elbo reversed = new Elbo(vae, noise);
    for (int round = 0; round < 50; round++) {
      for (int i = observations.length - 1; i >= 0; i--) {
        assertThat(Double.doubleToRawLongBits(reversed.negative(observations[i])))
            .isEqualTo(bits[i]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,2,1,1", "1,2,5,3", "3,2,129,63", "5,3,7,1", "31,15,33,65", "64,32,128,64"})
  void partsMakeUpTheScoreAtEveryWidth(int features, int latent, int hidden1, int hidden2) {
    Vae vae = Vaes.random(Vaes.continuous(features), latent, hidden1, hidden2, features);
    Elbo elbo = new Elbo(vae, new float[latent]);

    double score = elbo.negative(normal(1, features)[0]);

    double sum = elbo.kl();
    for (int j = 0; j < features; j++) {
      sum += elbo.nats(j);
    }
    assertThat(score).isCloseTo(sum, within(1e-9 * Math.abs(sum))).isFinite();
    assertThat(elbo.reconstruction() + elbo.kl()).isEqualTo(score);
    assertThat(elbo.bits()).isCloseTo(score / Math.log(2), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1e-300,
        1e6,
        -1e9,
        1e300,
        -Double.MAX_VALUE,
        Double.MAX_VALUE,
        Double.MIN_VALUE
      })
  void extremeValuesHaveFiniteScores(double value) {
    for (ContinuousLikelihood likelihood : ContinuousLikelihood.values()) {
      Vae gaussian = Vaes.random(Vaes.continuous(3), 2, 8, 4, 6);
      Vae vae = new Vae(gaussian.features(), likelihood, 1e-3, gaussian.weights());
      Elbo elbo = new Elbo(vae, new float[] {3, -3});

      double score = elbo.negative(new double[] {value, -value, value});

      assertThat(score).isFinite();
      for (int j = 0; j < 3; j++) {
        assertThat(elbo.expectation().mean(j)).isFinite();
        assertThat(elbo.expectation().low(j)).isLessThan(elbo.expectation().high(j)).isFinite();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void scoreGrowsWithTheDeviation(ContinuousLikelihood likelihood) {
    Features features = Features.of(Vaes.continuous(1));
    Vae linear = Vaes.linear(features, 2, Map.of());
    Elbo elbo = new Elbo(new Vae(features, likelihood, 1e-3, linear.weights()), NO_NOISE);

    double last = elbo.negative(new double[] {0});
    for (double x = 0.5; x < 1e6; x *= 2) {
      double score = elbo.negative(new double[] {x});

      assertThat(score).isGreaterThan(last);
      last = score;
    }
  }

  @Test
  void scoringAllocatesNothing() {
    Elbo elbo = new Elbo(Vaes.random(Vaes.mixed(), 3, 33, 17, 7), new float[] {1, -1, 0.5f});
    double[] observation = {21, 1, Double.NaN};

    long bytes = Allocation.bytesOf(() -> elbo.negative(observation));
    long bytesOfAnArray = Allocation.bytesOf(() -> elbo.negative(observation.clone()));

    assertThat(bytes).as("bytes a score").isZero();
    assertThat(bytesOfAnArray).as("bytes a score and an array").isGreaterThanOrEqualTo(40);
  }

  @Test
  void refusesAnObservationOfAnotherWidth() {
    Elbo elbo = new Elbo(Vaes.random(Vaes.continuous(3), 2, 4, 4, 8), NO_NOISE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> elbo.negative(new double[2]))
        .withMessage("an observation has 3 values, one a feature, was given 2");
  }

  @Test
  void refusesNoiseOfAnotherWidth() {
    Vae vae = Vaes.random(Vaes.continuous(3), 2, 4, 4, 9);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Elbo(vae, new float[3]))
        .withMessageContaining("2 latents, was 3");
  }

  private static double[][] normal(int count, int features) {
    Random random = new Random(count);
    double[][] observations = new double[count][features];
    for (double[] observation : observations) {
      for (int j = 0; j < features; j++) {
        observation[j] = j + (1 + 0.5 * j) * random.nextGaussian();
      }
    }
    return observations;
  }
}
