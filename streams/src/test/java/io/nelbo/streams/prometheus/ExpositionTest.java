package io.nelbo.streams.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  private static final Family LAG = Family.gauge("kafka_lag", "Records.\nNot \\ read.");
  private static final Family READ = Family.counter("kafka_read_total", "Records read.");

  private final Exposition exposition = new Exposition();

  @Test
  void familiesComeOnceWithHelpTypeAndAllTheirSamples() {
    exposition.add(LAG, Map.of("topic", "a"), 3);
    exposition.add(READ, Map.of(), 0.25);
    exposition.add(LAG, Map.of("topic", "b", "partition", "1"), -1e-7);

    assertThat(exposition.text())
        .isEqualTo(
            """
            # HELP kafka_lag Records.\\nNot \\\\ read.
            # TYPE kafka_lag gauge
            kafka_lag{topic="a"} 3
            kafka_lag{partition="1",topic="b"} -1.0E-7
            # HELP kafka_read_total Records read.
            # TYPE kafka_read_total counter
            kafka_read_total 0.25
            """);
  }

  @Test
  void hostileLabelsComeBackAsTheyWere() {
    String hostile = "a\"} 1\nfake_total 2\\{le=\"+Inf\",}é";

    exposition.add(LAG, Map.of("topic", hostile), 1);

    assertThat(Scraped.parse(exposition.text()).series("kafka_lag"))
        .containsExactly(Map.entry(Map.of("topic", hostile), 1.0));
  }

  @Test
  void seriesThatComesTwiceIsToldOnce() {
    exposition.add(LAG, Map.of("topic", "a"), 3);
    exposition.add(LAG, Map.of("topic", "a"), 2);
    exposition.add(READ, Map.of("topic", "a"), 3);
    exposition.add(READ, Map.of("topic", "a"), 2);

    Scraped scraped = Scraped.parse(exposition.text());
    assertThat(scraped.series("kafka_lag")).containsValue(3.0);
    assertThat(scraped.series("kafka_read_total")).containsValue(5.0);
  }

  @Test
  void valueThatIsNotThereYetIsNoSample() {
    exposition.add(LAG, Map.of(), Double.NaN);
    exposition.add(LAG, Map.of(), Double.POSITIVE_INFINITY);

    assertThat(Scraped.parse(exposition.text()).names()).containsExactly("kafka_lag");
    assertThat(Scraped.parse(exposition.text()).series("kafka_lag")).isEmpty();
  }

  @Test
  void onlyCountersEndInTotal() {
    assertThatThrownBy(() -> Family.gauge("lag_total", "Records."))
        .hasMessageContaining("lag_total");
    assertThatThrownBy(() -> Family.counter("read", "Records.")).hasMessageContaining("read");
    assertThatThrownBy(() -> Family.gauge("Lag-1", "Records.")).hasMessageContaining("Lag-1");
  }
}
