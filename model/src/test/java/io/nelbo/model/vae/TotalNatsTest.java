package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.Golden;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotalNatsTest {
  @ParameterizedTest
  @EnumSource(ContinuousLikelihood.class)
  void isTheSumOfTheFeaturesNats(ContinuousLikelihood likelihood) {
    Vae golden = Golden.load("mixed").vae();
    Vae vae = new Vae(golden.features(), likelihood, 0.01, golden.weights());
    Conditional conditional = new Conditional(vae);
    TotalNats total = new TotalNats(vae, vae.weights().network().products, conditional);
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      double spread = Math.pow(10, round % 4);
      for (int k = 0; k < conditional.parameters().length; k++) {
        conditional.parameters()[k] = spread * random.nextGaussian();
      }
      double[] observation = new double[vae.features().count()];
      for (int j = 0; j < observation.length; j++) {
        boolean missing = random.nextInt(5) == 0;
        observation[j] =
            missing
                ? Double.NaN
                : switch (vae.features().specs().get(j).kind()) {
                  case CONTINUOUS -> spread * random.nextGaussian();
                  case BINARY -> random.nextInt(2);
                  case CATEGORICAL -> random.nextInt(vae.features().specs().get(j).width());
                };
      }

      double sum = 0;
      for (int j = 0; j < observation.length; j++) {
        sum += conditional.nats(j, observation[j]);
      }

      assertThat(total.of(observation))
          .as("round %s", round)
          .isCloseTo(sum, within(1e-8 * Math.max(1, Math.abs(sum))));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {33.9, 34.1, 80, 1e4})
  void aVarianceBeyondTheBoundIsExact(double raw) {
    Vae vae = Golden.load("continuous").vae();
    Conditional conditional = new Conditional(vae);
    TotalNats total = new TotalNats(vae, vae.weights().network().products, conditional);
    int count = vae.features().count();
    for (int k = 0; k < count; k++) {
      conditional.parameters()[count + k] = raw;
    }
    double[] observation = new double[count];

    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += conditional.nats(j, observation[j]);
    }

    assertThat(total.of(observation)).isFinite().isCloseTo(sum, within(1e-8 * sum));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-4, 0, 33})
  void manyFeaturesAreSummedInBlocks(double raw) {
    int count = 70;
    Vae vae = Vaes.random(Vaes.continuous(count), 4, 8, 8, 3);
    Conditional one = new Conditional(vae);
    Conditional other = new Conditional(vae);
    TotalNats total = new TotalNats(vae, vae.weights().network().products, one, other);
    Random random = new Random(6);
    double[] observation = new double[count];
    double sum = 0;
    for (int j = 0; j < count; j++) {
      observation[j] = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
      for (Conditional conditional : List.of(one, other)) {
        conditional.parameters()[j] = random.nextGaussian();
        conditional.parameters()[count + j] = raw + random.nextDouble();
        sum += 0.5 * conditional.nats(j, observation[j]);
      }
    }

    assertThat(total.of(observation)).isCloseTo(sum, within(1e-8 * Math.abs(sum)));
  }
}
