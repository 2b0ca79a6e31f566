package io.nelbo.streams.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextKindTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "12", "-7", "+7", " 42 ", "007", "999999999999999"})
  void integersAreIntegers(String text) {
    assertThat(TextKind.of(text)).isEqualTo(TextKind.INTEGER);
    assertThat(Long.parseLong(text.strip())).isEqualTo((long) TextKind.number(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    ".5, 0.5",
    "5., 5",
    "-1e-3, -0.001",
    "1E+6, 1e6",
    "9999999999999999999, 1e19",
    "1e999, Infinity",
    "inf, Infinity",
    "-Infinity, -Infinity"
  })
  void otherNumbersAreDecimals(String text, double value) {
    assertThat(TextKind.of(text)).isEqualTo(TextKind.DECIMAL);
    assertThat(TextKind.number(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1d",
        "0x1p3",
        "1,5",
        "1e",
        "e5",
        "--1",
        "1-2",
        "1.2.3",
        "12:30",
        "1_000",
        "abc",
        "2024-13-01",
        "2024-01-01T25:00",
        "2024-01-01x",
        "truth"
      })
  void whatOnlyLooksLikeSomethingIsText(String text) {
    assertThat(TextKind.of(text)).isEqualTo(TextKind.OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NA", "NaN", "nan", "null", "NULL", "?", "n/a"})
  void wordsForNothingAreAbsent(String text) {
    assertThat(TextKind.of(text)).isEqualTo(TextKind.ABSENT);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-03-09 12:34:33, 2020-03-09T12:34:33Z",
    "2020-03-09T12:34, 2020-03-09T12:34:00Z",
    "2020-03-09T12:34:33.250Z, 2020-03-09T12:34:33.250Z",
    "2020-03-09T12:34:33+02:00, 2020-03-09T10:34:33Z",
    "2020-03-09, 2020-03-09T00:00:00Z"
  })
  void isoTimesAreTimesInUtcUnlessTheySayOtherwise(String text, Instant instant) {
    assertThat(TextKind.of(text)).isEqualTo(TextKind.TIME);
    assertThat(TextKind.millis(text)).isEqualTo(instant.toEpochMilli());
  }

  @Test
  void millisOfWhatIsNoTimeAreRefused() {
    assertThatThrownBy(() -> TextKind.millis("yesterday")).isInstanceOf(DateTimeException.class);
  }
}
