package io.nelbo.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StolenTimeTest {
  private final StolenTime stolen = new StolenTime();

  @Test
  void whatTheHostTakesDisturbsThatTimeAndTheNext() {
    stolen.add(0, "cpu  100 0 50 800 0 0 0 40 0 0");
    stolen.add(10, "cpu  200 0 100 1640 0 0 0 50 0 0"); // 10 of 1,000
    stolen.add(20, "cpu  300 0 150 2390 0 0 0 150 0 0"); // 100 of 1,000
    stolen.add(30, "cpu  400 0 200 3240 0 0 0 150 0 0");

    assertThat(stolen.disturbs(0, 10)).isFalse();
    assertThat(stolen.disturbs(5, 15)).isTrue();
    assertThat(stolen.disturbs(10, 20)).isTrue();
    assertThat(stolen.disturbs(20, 29)).as("aftermath").isTrue();
    assertThat(stolen.disturbs(30, 40)).isFalse();
  }

  @Test
  void machineThatNothingIsTakenFromIsNotDisturbed() {
    stolen.add(0, "cpu  100 0 50 800 0 0 0 0 0 0");
    stolen.add(10, "cpu  100 0 50 800 0 0 0 0 0 0");

    assertThat(stolen.disturbs(0, 10)).isFalse();
  }
}
