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
import org.junit.jupiter.api.Test;

class EvaluationTest {
  /** Two coupled features; the anomalies are inside each one's range, but not coupled. */
  @Test
  void brokenCorrelationIsRankedAboveWhatKeepsIt() throws TrainingException {
    Observations data =
        new Observations(
            List.of(
                new Column("x", FeatureKind.CONTINUOUS, false),
                new Column("y", FeatureKind.CONTINUOUS, false)));
    boolean[] anomalous = new boolean[600];
    SplittableRandom random = new SplittableRandom(4);
    for (int row = 0; row < anomalous.length; row++) {
      anomalous[row] = row % 20 == 0;
      double x = random.nextDouble() < 0.5 ? -1 : 1;
      double y = anomalous[row] ? -x : x;
      data.add(new double[] {x + 0.1 * random.nextDouble(), y + 0.1 * random.nextDouble()});
    }

    Evaluation evaluation =
        Evaluation.of(
            Detector.VAE,
            data,
            anomalous,
            Protocol.semi(),
            List.of(0.01),
            TrainingConfig.defaults().withDevice(DeviceChoice.CPU),
            TrainingListener.SILENT);

    assertThat(evaluation.trained()).isEqualTo(285);
    assertThat(evaluation.ranking().records()).isEqualTo(315);
    assertThat(evaluation.ranking().auroc()).isGreaterThan(0.99);
    assertThat(evaluation.alerts().get(0).alarms().recall()).isGreaterThan(0.9);
    assertThat(evaluation.alerts().get(0).alarms().falseRate()).isLessThan(0.05);
  }
}
