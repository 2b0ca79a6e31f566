package io.nelbo.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final Features MIXED =
      Features.of(
          List.of(
              FeatureSpec.continuous("amount", 10, 2, true),
              FeatureSpec.categorical("country", List.of("DE", "FR"), false),
              FeatureSpec.binary("online", true)));

  @Test
  void layoutIsValuesInOrderThenMasks() {
    assertThat(MIXED.outputs()).isEqualTo(5);
    assertThat(MIXED.inputs()).isEqualTo(7);
    assertThat(MIXED.continuous()).isEqualTo(1);
    assertThat(MIXED.offset(1)).isEqualTo(1);
    assertThat(MIXED.offset(2)).isEqualTo(4);
  }

  @Test
  void inputIsStandardisedOneHotAndSigned() {
    assertThat(input(13, 2, 1)).containsExactly(1.5f, 0, 0, 1, 1, 0, 0);
    assertThat(input(10, 0, 0)).containsExactly(0, 1, 0, 0, -1, 0, 0);
  }

  @Test
  void missingValuesAreZeroAndMasked() {
    assertThat(input(Double.NaN, Double.NaN, Double.NaN)).containsExactly(0, 0, 0, 0, 0, 1, 1);
  }

  @Test
  void inputIsClippedToTenScales() {
    assertThat(input(1e300, 0, 0)[0]).isEqualTo(10);
    assertThat(input(-Double.MAX_VALUE, 0, 0)[0]).isEqualTo(-10);
  }

  @Test
  void neverSeenCategoriesAreOther() {
    assertThat(MIXED.code(1, "FR")).isEqualTo(2);
    assertThat(MIXED.code(1, "atlantis")).isZero();
    assertThat(MIXED.category(1, 0)).isEqualTo("OTHER");
    assertThat(MIXED.category(1, 2)).isEqualTo("FR");
  }

  @Test
  void fitLearnsMeanAndStandardDeviationOfWhatIsPresent() {
    FeatureSpec spec = fit(1, Double.NaN, 3, 5, 7);

    assertThat(spec.mean()).isCloseTo(4, within(1e-12));
    assertThat(spec.scale()).isCloseTo(Math.sqrt(5), within(1e-12));
    assertThat(spec.mayBeMissing()).isTrue();
  }

  @Test
  void completeColumnNeedsNoMask() {
    assertThat(fit(1, 2).mayBeMissing()).isFalse();
  }

  @Test
  void constantHasAScaleRelativeToItsValue() {
    assertThat(fit(50, 50, 50).scale()).isEqualTo(1);
    assertThat(fit(-50, -50 + 1e-9).scale()).isCloseTo(1, within(1e-6));
    assertThat(fit(0, 0).scale()).isEqualTo(1);
    assertThat(fit(Double.MIN_VALUE).scale()).isPositive();
  }

  @Test
  void hugeValuesDoNotOverflowTheScale() {
    FeatureSpec spec = fit(1e308, -1e308, 1e308, Double.MAX_VALUE);

    assertThat(spec.mean()).isCloseTo(1e308 / 4 + Double.MAX_VALUE / 4, within(1e300));
    assertThat(spec.scale()).isBetween(9e307, Double.MAX_VALUE);
    assertThat(fit(-Double.MAX_VALUE, Double.MAX_VALUE).scale()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void vocabularyIsTheValuesSeenTwiceMostFrequentFirst() {
    Observations window =
        new Observations(List.of(new Column("country", FeatureKind.CATEGORICAL, false)));
    for (String country : List.of("US", "FR", "DE", "FR", "DE", "FR")) {
      window.add(new double[] {window.code(0, country)});
    }

    FeatureSpec spec = Features.fit(window).specs().get(0);

    assertThat(spec.vocabulary()).containsExactly("FR", "DE");
    assertThat(spec.width()).isEqualTo(3);
  }

  @Test
  void vocabularyHasAnEnd() {
    Observations window =
        new Observations(List.of(new Column("user", FeatureKind.CATEGORICAL, false)));
    for (int row = 0; row < 2000; row++) {
      window.add(new double[] {window.code(0, "user-" + row % 900)});
    }

    assertThat(Features.fit(window).specs().get(0).vocabulary()).hasSize(Features.MAX_VOCABULARY);
  }

  @Test
  void columnsWithoutAValueOrARepeatedCategoryAreLeftOut() {
    Observations window =
        new Observations(
            List.of(
                new Column("empty", FeatureKind.CONTINUOUS, true),
                new Column("id", FeatureKind.CATEGORICAL, false),
                new Column("level", FeatureKind.CONTINUOUS, false)));
    for (int row = 0; row < 10; row++) {
      window.add(new double[] {Double.NaN, window.code(1, "id-" + row), row});
    }

    assertThat(Features.fit(window).specs()).extracting(FeatureSpec::name).containsExactly("level");
  }

  @Test
  void windowWithoutAnyValueIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(Double.NaN, Double.NaN))
        .withMessageContaining("2 rows, 1 columns");
  }

  @Test
  void translationFindsColumnsByNameAndKind() {
    Observations window =
        new Observations(
            List.of(
                new Column("country", FeatureKind.CATEGORICAL, false),
                new Column("online", FeatureKind.CONTINUOUS, false),
                new Column("amount", FeatureKind.CONTINUOUS, false)));
    window.add(new double[] {window.code(0, "US"), 1, 12});
    window.add(new double[] {window.code(0, "FR"), 1, Double.NaN});
    window.add(new double[] {Double.NaN, 1, 8});

    double[][] observations = MIXED.translate(window);

    assertThat(observations[0]).containsExactly(12, 0, Double.NaN);
    assertThat(observations[1]).containsExactly(Double.NaN, 2, Double.NaN);
    assertThat(observations[2]).containsExactly(8, Double.NaN, Double.NaN);
  }

  @Test
  void vocabularyMustNotRepeatAValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureSpec.categorical("country", List.of("DE", "DE"), false))
        .withMessage("vocabulary of country must not repeat a value, was [DE, DE]");
  }

  private static FeatureSpec fit(double... values) {
    Observations window = new Observations(List.of(new Column("x", FeatureKind.CONTINUOUS, false)));
    for (double value : values) {
      window.add(new double[] {value});
    }
    return Features.fit(window).specs().get(0);
  }

  private static float[] input(double... observation) {
    float[] input = new float[MIXED.inputs()];
    MIXED.writeInput(observation, input);
    return input;
  }
}
