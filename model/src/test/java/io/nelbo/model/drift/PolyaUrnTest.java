package io.nelbo.model.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PolyaUrnTest {
  @Test
  void eachDrawIsAsLikelyAsTheShareOfItsBallsAndAddsOne() {
    PolyaUrn urn = new PolyaUrn(new double[] {2, 3});

    // 2/5 · 3/6 · 3/7
    assertThat(Math.exp(urn.logProbability(new double[] {2, 1})))
        .isCloseTo(2.0 / 5 * 3 / 6 * 3 / 7, within(1e-12));
  }

  @Test
  void probabilitiesOfAllSequencesAddUpToOne() {
    PolyaUrn urn = new PolyaUrn(new double[] {0.5, 7.25});
    double sum = 0;
    double sequences = 1;
    for (int first = 0; first <= 10; first++) {
      sum += sequences * Math.exp(urn.logProbability(new double[] {first, 10 - first}));
      sequences *= (10.0 - first) / (first + 1);
    }

    assertThat(sum).isCloseTo(1, within(1e-10));
  }
}
