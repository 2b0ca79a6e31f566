package io.nelbo.streams.trainer;

import static io.nelbo.streams.trainer.RetrainSchedule.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetrainScheduleTest {
  private final RetrainSchedule daily =
      new RetrainSchedule(Duration.ofDays(1), Duration.ofHours(1), 1000);

  @Test
  void trainingWaitsForRecords() {
    assertThat(daily.isEnough(999)).isFalse();
    assertThat(daily.isEnough(1000)).isTrue();
  }

  @Test
  void whatIsOfNoAgeIsOld() {
    assertThat(daily.isOld(5, NEVER)).isTrue();
    assertThat(daily.isOld(86_400_999, 1000)).isFalse();
    assertThat(daily.isOld(86_401_000, 1000)).isTrue();
  }

  @Test
  void backoffDoublesUpToItsLimit() {
    assertThat(daily.backoff(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(daily.backoff(3)).isEqualTo(Duration.ofMinutes(2));
    assertThat(daily.backoff(8)).isEqualTo(Duration.ofHours(1));
    assertThat(daily.backoff(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void shortLimitIsNotExceeded() {
    assertThat(new RetrainSchedule(Duration.ofDays(1), Duration.ofSeconds(5), 1).backoff(1))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void ageMustBePositive() {
    assertThatThrownBy(() -> new RetrainSchedule(Duration.ZERO, Duration.ofHours(1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxAge must be positive");
  }
}
