package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  private static final boolean[] ANOMALOUS = new boolean[101];

  static {
    for (int row = 0; row < ANOMALOUS.length; row += 10) {
      ANOMALOUS[row] = true;
    }
  }

  @Test
  void semiTrainsOnHalfOfTheNormalsAndTestsAllOthers() {
    Split split = Protocol.SEMI.split(ANOMALOUS, 1);

    assertThat(split.training()).hasSize(45).isSorted();
    assertThat(IntStream.of(split.training())).noneMatch(row -> ANOMALOUS[row]);
    assertThat(
            IntStream.concat(IntStream.of(split.training()), IntStream.of(split.test())).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 101).boxed().toList());
  }

  @Test
  void unsupTrainsAndTestsOnEverything() {
    Split split = Protocol.UNSUP.split(ANOMALOUS, 1);

    assertThat(split.training()).containsExactly(IntStream.range(0, 101).toArray());
    assertThat(split.test()).containsExactly(IntStream.range(0, 101).toArray());
  }

  @Test
  void seedDrawsTheHalf() {
    assertThat(Protocol.SEMI.split(ANOMALOUS, 7).training())
        .containsExactly(Protocol.SEMI.split(ANOMALOUS, 7).training());
    assertThat(Protocol.SEMI.split(ANOMALOUS, 7).training())
        .isNotEqualTo(Protocol.SEMI.split(ANOMALOUS, 8).training());
  }
}
