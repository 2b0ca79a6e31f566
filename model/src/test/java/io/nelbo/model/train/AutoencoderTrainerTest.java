package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.vae.Elbo;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import org.junit.jupiter.api.Test;

class AutoencoderTrainerTest {
  private final Observations window = Windows.mixed(500, 0.1, 1);
  private final Features features = Features.fit(window);
  private final double[][] rows = features.translate(window);

  @Test
  void trainingLowersTheErrorOfReconstruction() throws TrainingException {
    Vae start = train(Windows.quick(1));
    Vae trained = train(Windows.quick(150));

    assertThat(meanError(trained)).isLessThan(meanError(start) - 0.1);
  }

  @Test
  void decoderVariancesStayOne() throws TrainingException {
    Vae trained = train(Windows.quick(20));

    assertThat(trained.weights().tensor(Tensor.RAW_VARIANCE)).containsOnly(0);
    assertThat(trained.weights().tensor(Tensor.RAW_VARIANCE_BIAS))
        .containsOnly((float) (Math.log(Math.expm1(6)) - 6));
  }

  @Test
  void sameRowsAndSeedGiveTheSameWeights() throws TrainingException {
    Vae first = train(Windows.quick(20));
    Vae second = train(Windows.quick(20));

    assertThat(second.weights().flat()).isEqualTo(first.weights().flat());
  }

  private Vae train(TrainingConfig config) throws TrainingException {
    return AutoencoderTrainer.train(features, rows, config, TrainingListener.SILENT);
  }

  private double meanError(Vae vae) {
    Elbo elbo = new Elbo(vae, new float[0]);
    double sum = 0;
    for (double[] row : rows) {
      elbo.negative(row);
      sum += elbo.reconstruction();
    }
    return sum / rows.length;
  }
}
