package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @Test
  void rateRisesOverFiftyStepsAndFallsAlongACosineToTwoPercent() {
    Schedule schedule = new Schedule(1_000);

    assertThat(schedule.rate(0)).isCloseTo(3e-3 / 50, within(1e-12));
    assertThat(schedule.rate(49)).isCloseTo(3e-3, within(1e-12));
    assertThat(schedule.rate(525)).isCloseTo(3e-3 * 0.51, within(1e-9));
    assertThat(schedule.rate(1_000)).isCloseTo(3e-3 * 0.02, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"100, 140", "250, 200", "499, 299", "500, 1000", "100000, 1000"})
  void fewRowsTakeFewSteps(int rows, int steps) {
    assertThat(Schedule.forRows(rows).steps()).isEqualTo(steps);
  }
}
