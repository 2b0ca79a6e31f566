package io.nelbo.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nelbo.model.Models;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrainedModelTest {
  private final TrainedModel model = Models.mixed(7);

  @Test
  void baselineIsOneAFeatureAndTheKl() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(new double[4], model.selfTest(), 1))
        .withMessage("baseline has 5 values, features and KL, was 4");
  }

  @Test
  void selfTestHoldsValuesOfTheFeatures() {
    double nan = Double.NaN;
    assertThat(selfTest(21, nan, 1, 3).selfTest()).containsExactly(21, nan, 1, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> selfTest(21, 1013, 1))
        .withMessageContaining("4 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> selfTest(Double.POSITIVE_INFINITY, 1013, 1, 3))
        .withMessageContaining("temperature is not CONTINUOUS: Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> selfTest(21, 1013, 0.5, 3))
        .withMessageContaining("valve is not BINARY: 0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> selfTest(21, 1013, 1, 4))
        .withMessageContaining("mode is not CATEGORICAL: 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(model.baseline(), model.selfTest(), Double.NaN))
        .withMessageContaining("selfTestScore");
  }

  @Test
  void laterChangesOfTheArraysGivenChangeNothing() {
    double[] selfTest = model.selfTest().clone();
    TrainedModel copy = with(model.baseline(), selfTest, model.selfTestScore());

    selfTest[0] = -1;

    assertThat(copy.sha256()).isEqualTo(model.sha256());
  }

  @Test
  void reportAndVersionRefuseWhatCannotBe() {
    TrainingReport report = report(100, 75, 25, 1.5);
    assertThat(report.records()).isEqualTo(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> report(100, 75, 26, 1.5))
        .withMessageContaining("100, were 75 and 26");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> report(100, 75, 25, Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelVersion("pumps", 0, Instant.EPOCH, model, report))
        .withMessageContaining("version must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelVersion(" ", 1, Instant.EPOCH, model, report))
        .withMessageContaining("needs a name");
  }

  private TrainedModel selfTest(double... selfTest) {
    return with(model.baseline(), selfTest, 1);
  }

  private TrainedModel with(double[] baseline, double[] selfTest, double score) {
    return new TrainedModel(model.ensemble(), baseline, model.calibration(), selfTest, score);
  }

  private static TrainingReport report(int records, int trained, int calibrated, double trainElbo) {
    return new TrainingReport(
        Instant.EPOCH,
        Instant.EPOCH,
        records,
        trained,
        calibrated,
        1_000,
        2.5,
        "cpu()",
        0,
        trainElbo,
        -3,
        "first model");
  }
}
