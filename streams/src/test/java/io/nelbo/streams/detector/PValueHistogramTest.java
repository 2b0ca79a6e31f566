package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.streams.live.ScoreRing;
import java.util.List;
import org.junit.jupiter.api.Test;

class PValueHistogramTest {
  private final PValueHistogram histogram = new PValueHistogram();

  @Test
  void pValueCountsAtItsEdgeAndAboveIt() {
    List.of(1e-9, 0.001, 0.0011, 0.5, 1.0).forEach(histogram::add);

    assertThat(atMost("0.000001")).isEqualTo(1);
    assertThat(atMost("0.0001")).isEqualTo(1);
    assertThat(atMost("0.001")).isEqualTo(2);
    assertThat(atMost("0.01")).isEqualTo(3);
    assertThat(atMost("0.5")).isEqualTo(4);
    assertThat(atMost("1")).isEqualTo(5);
    assertThat(histogram.sum()).isCloseTo(1.5021, within(1e-6));
  }

  @Test
  void quantilesAreOfTheLatestScores() {
    ScoreRing ring = new ScoreRing();
    assertThat(new ScoreQuantiles(ring).at(0.5)).isNaN();
    for (int i = 0; i <= 100; i++) {
      ring.add(100 - i, 0.5, 0);
    }

    ScoreQuantiles quantiles = new ScoreQuantiles(ring);

    assertThat(quantiles.at(0.5)).isEqualTo(50);
    assertThat(quantiles.at(0.99)).isEqualTo(99);
    ring.add(1_000, 0.5, 0);
    assertThat(quantiles.at(1)).as("sorted once a second").isEqualTo(100);
  }

  private double atMost(String edge) {
    for (int i = 0; i < PValueHistogram.UPPER_EDGES.size(); i++) {
      if (PValueHistogram.edge(i).equals(edge)) {
        return histogram.atMost(i);
      }
    }
    throw new AssertionError("no edge " + edge);
  }
}
