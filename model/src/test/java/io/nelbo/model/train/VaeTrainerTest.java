package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VaeTrainerTest {
  @Test
  void reportsWhatWasTrainedOn() throws TrainingException {
    Trained trained =
        VaeTrainer.train(
            Windows.linear(1000, 1),
            Windows.FROM,
            Windows.TO,
            TrainingConfig.defaults().withDevice(DeviceChoice.CPU),
            TrainingListener.SILENT);

    assertThat(trained.report().records()).isEqualTo(1000);
    assertThat(trained.report().trained()).isEqualTo(667);
    assertThat(trained.report().calibrated()).isEqualTo(333);
    assertThat(trained.report().steps()).isEqualTo(1000);
    assertThat(trained.report().device()).isEqualTo("cpu()");
  }
}
