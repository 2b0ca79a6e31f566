package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.vae.Elbo;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Vae;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In the linear-Gaussian world log p(x) has a closed form, and a VAE can attain it. */
class KnownOptimumTest {
  private static final Observations FRESH = Windows.linear(4000, 40);

  private static final double TRUTH =
      IntStream.range(0, FRESH.size())
          .mapToDouble(row -> Windows.linearLogLikelihood(FRESH, row))
          .average()
          .orElseThrow();

  @Test
  void elboComesWithinOnePercentOfTheTrueLogLikelihood() throws TrainingException {
    TrainingConfig config = TrainingConfig.defaults().withDevice(DeviceChoice.CPU);

    Ensemble only = Windows.train(Windows.linear(6000, 4), config).model().ensemble();

    double elbo = meanElbo(only.members().get(0).vae());
    assertThat(elbo).isCloseTo(TRUTH, within(0.01 * Math.abs(TRUTH)));
  }

  @Test
  void everyMemberOfTheAccurateProfileComesNearIt() throws TrainingException {
    TrainingConfig config = Windows.quick(400).withProfile(Profile.ACCURATE);

    Ensemble three = Windows.train(Windows.linear(3000, 4), config).model().ensemble();

    for (Member member : three.members()) {
      assertThat(meanElbo(member.vae())).isBetween(TRUTH - 0.8, TRUTH + 0.05);
    }
  }

  /** With fresh ε for each row: one draw for all would be off by its norm. */
  private static double meanElbo(Vae vae) {
    SplittableRandom random = new SplittableRandom(11);
    double sum = 0;
    for (double[] row : vae.features().translate(FRESH)) {
      float[] noise = new float[vae.shape().latent()];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (float) random.nextGaussian();
      }
      sum -= new Elbo(vae, noise).negative(row);
    }
    return sum / FRESH.size();
  }
}
