package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.Golden;
import io.nelbo.model.feature.Features;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoencoderTest {
  @Test
  void encodesToTheReferenceMean() {
    Golden golden = Golden.load("mixed");
    Autoencoder autoencoder = autoencoder(golden.vae());
    Golden.Case reference = golden.cases().get(2);

    double[] code = autoencoder.encode(reference.observation());

    double[] mu = reference.vector("mu");
    for (int l = 0; l < mu.length; l++) {
      assertThat(code[l]).isCloseTo(mu[l], within(1e-5));
    }
  }

  @Test
  void reconstructsMeansInTheUnitsOfTheRecordAndProbabilities() {
    Vae vae = Vaes.random(Vaes.mixed(), 2, 8, 4, 1);
    double[] observation = {30, 2, 1};
    Elbo elbo = new Elbo(vae, new float[0]);
    elbo.negative(observation);

    double[] expected = autoencoder(vae).reconstruct(observation);

    assertThat(expected).hasSize(6);
    assertThat(expected[0]).isEqualTo(elbo.expectation().mean(0));
    assertThat(expected[1] + expected[2] + expected[3] + expected[4]).isCloseTo(1, within(1e-12));
    assertThat(expected[5]).isEqualTo(elbo.expectation().probability(2, 1));
  }

  @Test
  void imputesWhatIsMissingAndLeavesTheRest() {
    // z = (1, 0) always; amount 20 + 5 · 2, country FR, online.
    Vae vae =
        Vaes.linear(
            Features.of(Vaes.mixed()),
            2,
            Map.of(
                Tensor.MU_BIAS, new float[] {1, 0},
                Tensor.LOCATION_LINEAR, new float[] {2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4, 0}));
    Autoencoder autoencoder = autoencoder(vae);

    assertThat(autoencoder.impute(new double[] {Double.NaN, Double.NaN, Double.NaN}))
        .containsExactly(30, 2, 1);
    assertThat(autoencoder.impute(new double[] {7, 0, Double.NaN})).containsExactly(7, 0, 1);
  }

  @Test
  void samplesHaveTheMomentsOfTheModel() {
    float raw = (float) (Math.log(Math.expm1(6 + 2 * Math.log(0.6))) - 6); // variance 0.36
    Vae gaussian =
        Vaes.linear(
            Features.of(Vaes.mixed()),
            2,
            Map.of(
                Tensor.LOCATION_LINEAR, new float[] {0.8f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
                Tensor.LOCATION_BIAS, new float[] {1, 0, 0, (float) Math.log(2), 0, 1},
                Tensor.RAW_VARIANCE_BIAS, new float[] {raw}));
    int count = 40_000;

    double[][] samples = autoencoder(gaussian).sample(count, 3);

    // Standard deviation 5 √(0.8² + 0.6²) = 5 in the record's units; P(FR) = 2/5.
    double mean = 0;
    double squares = 0;
    double french = 0;
    double online = 0;
    for (double[] sample : samples) {
      mean += sample[0] / count;
      squares += (sample[0] - 25) * (sample[0] - 25) / count;
      french += sample[1] == 2 ? 1.0 / count : 0;
      online += sample[2] / count;
    }
    assertThat(mean).isCloseTo(25, within(0.1));
    assertThat(Math.sqrt(squares)).isCloseTo(5, within(0.1));
    assertThat(french).isCloseTo(0.4, within(0.01));
    assertThat(online).isCloseTo(1 / (1 + Math.exp(-1)), within(0.01));
  }

  @Test
  void studentSamplesHaveHeavierTails() {
    Features features = Features.of(Vaes.continuous(1));
    Vae linear = Vaes.linear(features, 2, Map.of());
    Vae student = new Vae(features, ContinuousLikelihood.STUDENT_T, 1e-3, linear.weights());
    double scale = Math.exp(0.5 * Likelihood.logVariance(0));
    int count = 40_000;

    double beyond = 0; // P(|t| > 2.776) = 5 % with 4 degrees of freedom
    for (double[] sample : autoencoder(student).sample(count, 4)) {
      beyond += Math.abs(sample[0]) > 2.776 * scale ? 1.0 / count : 0;
    }

    assertThat(beyond).isCloseTo(0.05, within(0.005));
  }

  @Test
  void equalSeedsMakeUpTheSameObservations() {
    Vae vae = Vaes.random(Vaes.mixed(), 2, 8, 4, 5);

    assertThat(autoencoder(vae).sample(10, 1)).isDeepEqualTo(autoencoder(vae).sample(10, 1));
    assertThat(autoencoder(vae).sample(10, 1)[0]).isNotEqualTo(autoencoder(vae).sample(10, 2)[0]);
  }

  private static Autoencoder autoencoder(Vae vae) {
    return new Autoencoder(Ensemble.of(vae, new float[0]));
  }
}
