package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowSampleTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private long nowMs = 1_700_000_000_000L;
  private long offset;

  @Test
  void fewRecordsAreAllInTheSample() {
    WindowSample sample = new WindowSample(1000, HOUR);

    long taken = take(sample, 100, Duration.ofSeconds(36));

    assertThat(taken).isEqualTo(100);
  }

  @Test
  void steadyStreamFillsTheWindowAboutOnce() {
    WindowSample sample = new WindowSample(1000, HOUR);
    take(sample, 300_000, Duration.ofMillis(36)); // three hours

    long taken = take(sample, 100_000, Duration.ofMillis(36));

    assertThat(taken).isBetween(850L, 1150L);
    assertThat(sample.probability()).isEqualTo(0.01, within(0.001));
  }

  @Test
  void firstWindowIsNotTwiceWhatItShouldBe() {
    WindowSample sample = new WindowSample(1000, HOUR);

    long taken = take(sample, 100_000, Duration.ofMillis(36));

    assertThat(taken).isBetween(1000L, 2000L);
  }

  @Test
  void sampleFollowsTheRate() {
    WindowSample sample = new WindowSample(1000, HOUR);
    take(sample, 300_000, Duration.ofMillis(36));

    take(sample, 100_000, Duration.ofMillis(360)); // ten hours, a tenth of the rate

    assertThat(sample.probability()).isEqualTo(0.1, within(0.01));
  }

  @Test
  void recordsOfOneInstantAreSampledToo() {
    WindowSample sample = new WindowSample(1000, HOUR);

    long taken = take(sample, 100_000, Duration.ZERO);

    assertThat(taken).isBetween(100L, 1500L);
  }

  @Test
  void lateRecordsDoNotTurnTimeBack() {
    WindowSample sample = new WindowSample(1000, HOUR);
    take(sample, 300_000, Duration.ofMillis(36));
    double before = sample.probability();

    sample.passes(0);

    assertThat(sample.probability()).isEqualTo(before, within(1e-6));
  }

  @Test
  void hashSpreadsRecordsEvenlyAndTheSameAtEveryReplay() {
    double sum = 0;
    for (long offset = 0; offset < 10_000; offset++) {
      double uniform = WindowSample.uniform(new TestMetadata("readings", 3, offset));
      assertThat(uniform).isBetween(0.0, 1.0);
      sum += uniform;
    }

    assertThat(sum / 10_000).isEqualTo(0.5, within(0.02));
    assertThat(WindowSample.uniform(new TestMetadata("readings", 3, 17)))
        .isEqualTo(WindowSample.uniform(new TestMetadata("readings", 3, 17)))
        .isNotEqualTo(WindowSample.uniform(new TestMetadata("readings", 2, 17)));
  }

  private long take(WindowSample sample, int count, Duration step) {
    long taken = 0;
    for (int i = 0; i < count; i++) {
      nowMs += step.toMillis();
      taken += sample.takes(new TestMetadata("readings", 0, offset++), nowMs) ? 1 : 0;
    }
    return taken;
  }
}
