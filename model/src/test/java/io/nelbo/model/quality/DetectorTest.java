package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectorTest {
  @ParameterizedTest
  @EnumSource
  void ranksBrokenCorrelationsFirstAndFlagsAboutTheShareAskedFor(Detector detector)
      throws TrainingException {
    boolean[] anomalous = new boolean[1200];
    Observations data = data(anomalous);
    TrainingConfig config = TrainingConfig.defaults().withDevice(DeviceChoice.CPU).withSteps(100);

    Evaluation evaluation =
        Evaluation.of(
            detector,
            data,
            anomalous,
            Protocol.semi(),
            List.of(0.02),
            config,
            TrainingListener.SILENT);

    assertThat(evaluation.detector()).isEqualTo(detector);
    assertThat(evaluation.trained()).isEqualTo(570);
    assertThat(evaluation.ranking().auroc()).isGreaterThan(0.95);
    assertThat(evaluation.alerts().get(0).alarms().falseRate()).isBetween(0.002, 0.06);
  }

  /** Two factors, each behind two numbers; in every twentieth row the first two part. */
  private static Observations data(boolean[] anomalous) {
    Observations data =
        new Observations(
            List.of(
                new Column("a", FeatureKind.CONTINUOUS, false),
                new Column("b", FeatureKind.CONTINUOUS, false),
                new Column("c", FeatureKind.CONTINUOUS, false),
                new Column("d", FeatureKind.CONTINUOUS, false)));
    SplittableRandom random = new SplittableRandom(5);
    for (int row = 0; row < anomalous.length; row++) {
      anomalous[row] = row % 20 == 0;
      double[] factors = {random.nextGaussian(), random.nextGaussian()};
      double parted = anomalous[row] ? Math.copySign(1.5, random.nextDouble() - 0.5) : 0;
      data.add(
          new double[] {
            factors[0] + parted + 0.1 * random.nextGaussian(),
            factors[0] - parted + 0.1 * random.nextGaussian(),
            factors[1] + 0.1 * random.nextGaussian(),
            factors[1] + 0.1 * random.nextGaussian()
          });
    }
    return data;
  }
}
