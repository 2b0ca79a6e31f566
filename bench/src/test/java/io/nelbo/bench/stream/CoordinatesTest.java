package io.nelbo.bench.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoordinatesTest {
  @Test
  void countsWhatCameTwice() {
    Coordinates came = new Coordinates(2);
    came.add(0, 7);
    came.add(1, 7);
    came.add(1, 7);
    came.addOnce(1, 7);

    assertThat(came.count()).isEqualTo(2);
    assertThat(came.doubled()).isEqualTo(1);
  }

  @Test
  void countsWhatTheOthersLack() {
    Coordinates sent = new Coordinates(2);
    Coordinates came = new Coordinates(2);
    sent.add(0, 1);
    sent.add(1, 1);
    came.add(1, 1);
    came.add(1, 2);

    assertThat(sent.without(came)).isEqualTo(1);
    assertThat(came.without(sent)).isEqualTo(1);
  }
}
