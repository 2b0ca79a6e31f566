package io.nelbo.streams.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.4S, 0 s",
    "PT59.9S, 59 s",
    "PT1M, 1 min",
    "PT61S, 1 min 1 s",
    "PT1H, 1 h",
    "PT65M10S, 1 h 5 min",
    "P1D, 1 d",
    "PT30H, 1 d 6 h",
    "PT-5S, 0 s",
  })
  void twoLargestUnitsAreTold(Duration span, String told) {
    assertThat(Spans.describe(span)).isEqualTo(told);
  }
}
