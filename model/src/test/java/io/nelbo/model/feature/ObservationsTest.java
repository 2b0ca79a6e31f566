package io.nelbo.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationsTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("temperature", FeatureKind.CONTINUOUS, true),
          new Column("country", FeatureKind.CATEGORICAL, false));

  @Test
  void rowsComeBackInOrder() {
    Observations window = new Observations(COLUMNS);
    for (int row = 0; row < 1000; row++) {
      window.add(new double[] {row, window.code(1, row % 3 == 0 ? "FR" : "DE")});
    }

    assertThat(window.size()).isEqualTo(1000);
    assertThat(window.value(999, 0)).isEqualTo(999);
    assertThat(window.category(999, 1)).isEqualTo("FR");
    assertThat(window.category(998, 1)).isEqualTo("DE");
  }

  @Test
  void codesAreInOrderOfAppearance() {
    Observations window = new Observations(COLUMNS);

    assertThat(window.code(1, "US")).isZero();
    assertThat(window.code(1, "DE")).isEqualTo(1);
    assertThat(window.code(1, "US")).isZero();
  }

  @Test
  void addedRowIsACopy() {
    Observations window = new Observations(COLUMNS);
    double[] row = {1, window.code(1, "DE")};

    window.add(row);
    row[0] = 2;

    assertThat(window.value(0, 0)).isEqualTo(1);
  }

  @Test
  void selectionKeepsItsOrderAndTheCodes() {
    Observations window = new Observations(COLUMNS);
    for (String country : List.of("US", "DE", "FR")) {
      window.add(new double[] {window.size(), window.code(1, country)});
    }

    Observations selected = window.select(new int[] {2, 0});
    selected.add(new double[] {Double.NaN, selected.code(1, "DE")});

    assertThat(selected.size()).isEqualTo(3);
    assertThat(selected.value(0, 0)).isEqualTo(2);
    assertThat(selected.category(0, 1)).isEqualTo("FR");
    assertThat(selected.category(1, 1)).isEqualTo("US");
    assertThat(selected.value(2, 1)).isEqualTo(1);
    assertThat(selected.value(2, 0)).isNaN();
  }

  @Test
  void refusesARowOfAnotherWidth() {
    Observations window = new Observations(COLUMNS);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> window.add(new double[3]))
        .withMessage("a row has 2 columns, was 3");
  }
}
