package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({"1.1, 1", "0.003, 4", "5000, 0", "9.99, 1", "10, 0", "1e-30, 9", "0, 2", "NaN, 2"})
  void decimalsShowTwoDigitsOfTheWidth(double width, int decimals) {
    assertThat(Numbers.decimals(width)).isEqualTo(decimals);
  }

  @ParameterizedTest
  @CsvSource({
    "9.1, 1, 9.1",
    "-0.001, 1, 0.0",
    "1234567, 0, 1234567",
    "1.5e12, 1, 1.500e12",
    "-2e300, 0, -2.000e300"
  })
  void numbersAreWrittenForPeople(double value, int decimals, String text) {
    assertThat(Numbers.fixed(value, decimals)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"2e-6, 2e-6", "0.000999, 1e-3", "0.001, 0.001", "0.04, 0.04", "3e-300, 3e-300"})
  void probabilitiesHaveOneDigit(double p, String text) {
    assertThat(Numbers.probability(p)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.93, 93 %", "0.995, 99.5 %", "0.9999, 100 %", "0.004, <1 %", "0, 0 %"})
  void probabilitiesOfValuesArePercent(double p, String text) {
    assertThat(Numbers.percent(p)).isEqualTo(text);
  }

  @Test
  void magnitudesHaveAboutThreeDigits() {
    assertThat(Numbers.plain(1.234)).isEqualTo("1.23");
    assertThat(Numbers.plain(12.34)).isEqualTo("12.3");
    assertThat(Numbers.plain(1234.5)).isEqualTo("1235");
  }
}
