package io.nelbo.streams.trainer;

import static io.nelbo.streams.trainer.RetrainSchedule.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetrainScheduleTest {
  private final RetrainSchedule hourly = new RetrainSchedule(Duration.ofHours(1), 1000);

  @Test
  void firstTrainingWaitsForRecordsOnly() {
    assertThat(hourly.isDue(5, 999, NEVER)).isFalse();
    assertThat(hourly.isDue(5, 1000, NEVER)).isTrue();
  }

  @Test
  void nextTrainingWaitsForTheIntervalToo() {
    assertThat(hourly.isDue(3_600_999, 5000, 1000)).isFalse();
    assertThat(hourly.isDue(3_601_000, 5000, 1000)).isTrue();
    assertThat(hourly.isDue(3_601_000, 999, 1000)).isFalse();
  }

  @Test
  void backoffDoublesUpToTheInterval() {
    assertThat(hourly.backoff(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(hourly.backoff(3)).isEqualTo(Duration.ofMinutes(2));
    assertThat(hourly.backoff(8)).isEqualTo(Duration.ofHours(1));
    assertThat(hourly.backoff(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void shortIntervalIsNotExceededByTheBackoff() {
    assertThat(new RetrainSchedule(Duration.ofSeconds(5), 1).backoff(1))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void intervalMustBePositive() {
    assertThatThrownBy(() -> new RetrainSchedule(Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interval must be positive");
  }
}
