package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VetoTest {
  @ParameterizedTest
  @CsvSource({
    // records, candidate, in force, vetoed
    "200, 30, 2, true",
    "200, 5, 1, true",
    "200, 4, 1, false",
    "200, 2, 2, false",
    "200, 40, 40, false",
    "200, 41, 40, true",
    "200, 2, 90, false",
    "20000, 228, 60, false",
    "20000, 229, 60, true",
    "10, 2, 0, false",
    "10, 3, 0, true",
  })
  void candidateMayFlagWhatTheModelInForceFlagsOrAlphaExplains(
      int records, int candidate, int inForce, boolean vetoed) {
    assertThat(new Veto(records, 0.01, candidate, inForce).isVetoed()).isEqualTo(vetoed);
  }

  @Test
  void largerAlphaExplainsMore() {
    assertThat(new Veto(1000, 0.05, 60, 20).isVetoed()).isFalse();
    assertThat(new Veto(1000, 0.01, 60, 20).isVetoed()).isTrue();
  }

  @Test
  void fifthOfTheWindowIsJudged() {
    assertThat(Veto.newest(1000)).isEqualTo(200);
    assertThat(Veto.newest(1)).isEqualTo(1);
  }

  @Test
  void numbersAreTold() {
    assertThat(new Veto(2000, 0.01, 18, 28).describe("version 3"))
        .isEqualTo("flags 0.90 % of the newest 20 % where version 3 flags 1.40 %");
  }

  @Test
  void moreFlagsThanRecordsAreRefused() {
    assertThatThrownBy(() -> new Veto(10, 0.01, 11, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was 11 and 0 of 10");
  }
}
