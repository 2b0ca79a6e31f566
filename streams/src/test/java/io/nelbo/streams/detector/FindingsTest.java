package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {
  @ParameterizedTest
  @CsvSource({
    "1e-3, LOW",
    "1.1e-4, LOW",
    "0.9e-4, MEDIUM",
    "1.1e-5, MEDIUM",
    "0.9e-5, HIGH",
    "1.1e-6, HIGH",
    "0.9e-6, CRITICAL",
    "1e-300, CRITICAL"
  })
  void severityCountsDecadesBelowTheAlertRate(double pValue, Severity severity) {
    assertThat(Findings.severity(-Math.log10(pValue), 0.001)).isEqualTo(severity);
  }

  @Test
  void alertIdIsThatOfTheRecordAndTheModelsName() {
    var source = new TestMetadata("readings", 3, 42);

    assertThat(Findings.alertId(source, "vae"))
        .isEqualTo(Findings.alertId(new TestMetadata("readings", 3, 42), "vae"))
        .isNotEqualTo(Findings.alertId(source, "other"))
        .isNotEqualTo(Findings.alertId(new TestMetadata("readings", 4, 42), "vae"))
        .isNotEqualTo(Findings.alertId(new TestMetadata("readings", 3, 43), "vae"))
        .isNotEqualTo(Findings.alertId(new TestMetadata("other", 3, 42), "vae"));
  }
}
