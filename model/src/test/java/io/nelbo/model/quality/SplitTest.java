package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nelbo.model.train.TrainingException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final boolean[] ANOMALOUS = new boolean[101];

  static {
    for (int row = 0; row < ANOMALOUS.length; row += 10) {
      ANOMALOUS[row] = true;
    }
  }

  @Test
  void semiTrainsOnHalfOfTheNormalsAndTestsAllOthers() {
    Split split = Split.halfOfNormals(ANOMALOUS, 1);

    assertThat(split.training()).hasSize(45).isSorted();
    assertThat(IntStream.of(split.training())).noneMatch(row -> ANOMALOUS[row]);
    assertThat(
            IntStream.concat(IntStream.of(split.training()), IntStream.of(split.test())).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 101).boxed().toList());
  }

  @Test
  void unsupTrainsAndTestsOnEverything() {
    Split split = Split.everything(101);

    assertThat(split.training()).containsExactly(IntStream.range(0, 101).toArray());
    assertThat(split.test()).containsExactly(IntStream.range(0, 101).toArray());
  }

  @Test
  void prefixTrainsOnTheFirstRecordsAndTestsAll() throws TrainingException {
    Split split = Split.prefix(ANOMALOUS, new Initial(25, false));

    assertThat(split.training()).containsExactly(IntStream.range(0, 25).toArray());
    assertThat(split.test()).containsExactly(IntStream.range(0, 101).toArray());
  }

  @Test
  void initialRecordsMayPassOverAnomalies() throws TrainingException {
    assertThat(new Initial(10, true).rows(ANOMALOUS))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 11);
    assertThat(new Initial(2, false).rows(ANOMALOUS)).containsExactly(0, 1);
  }

  @Test
  void moreInitialRecordsThanThereAreAreRefused() {
    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> new Initial(91, true).rows(ANOMALOUS))
        .withMessage("the first 91 normal records were asked for, there are 90");
  }

  @Test
  void seedDrawsTheHalf() {
    assertThat(Split.halfOfNormals(ANOMALOUS, 7).training())
        .containsExactly(Split.halfOfNormals(ANOMALOUS, 7).training());
    assertThat(Split.halfOfNormals(ANOMALOUS, 7).training())
        .isNotEqualTo(Split.halfOfNormals(ANOMALOUS, 8).training());
  }
}
