package io.nelbo.streams.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.Contribution;
import io.nelbo.schemas.ModelReference;
import io.nelbo.schemas.Severity;
import io.nelbo.schemas.Source;
import io.nelbo.streams.live.LiveFeed;
import io.nelbo.streams.live.ScoreRing;
import io.nelbo.streams.live.StrayRecord;
import io.nelbo.streams.live.TaskFeed;
import io.nelbo.streams.models.CurrentModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"\n\ndata: {}";
  private static final long NOW = 1_700_000_000_000L;

  private final LiveFeed live = new LiveFeed();
  private final ScoreRing ring = new ScoreRing();
  private final TaskFeed task = live.open(ring);
  private final Watched watched =
      new Watched(
          "pumps", "readings", 0.001, List.of(), live, new CurrentModel(), Map.of(), "events");
  private final Frames frames = new Frames(watched, new ModelEventReader(Map.of(), "events"));

  @Test
  void frameHoldsWhatCameSinceTheLastOne() {
    ring.add(2.5, 0.01, NOW - 100);
    task.alert(alert(0, Severity.HIGH, "vibration"), "P-7".getBytes(UTF_8), NOW);
    task.deadLetter(new StrayRecord("UNDECODABLE", "no Avro", "readings", 1, 42, NOW));

    JsonNode first = frames.next(NOW).json();
    JsonNode second = frames.next(NOW + 250).json();

    assertThat(first.path("samples").toString())
        .isEqualTo("{\"age\":[100],\"surprise\":[2.0],\"score\":[2.5]}");
    assertThat(first.at("/alerts/0/key").asText()).isEqualTo("P-7");
    assertThat(first.at("/alerts/0/severity").asText()).isEqualTo("HIGH");
    assertThat(first.at("/alerts/0/contributions/0/observed").isNumber()).isTrue();
    assertThat(first.at("/strays/0/source").asText()).isEqualTo("readings/1@42");
    assertThat(second.path("number").asLong()).isEqualTo(first.path("number").asLong() + 1);
    assertThat(second.path("samples").path("age")).isEmpty();
    assertThat(second.path("alerts")).isEmpty();
    assertThat(second.path("strays")).isEmpty();
  }

  @Test
  void hostileTextStaysOneLineOfData() {
    task.alert(alert(0, Severity.LOW, HOSTILE), HOSTILE.getBytes(UTF_8), NOW);

    ObjectNode frame = frames.next(NOW).json();

    assertThat(frame.toString()).doesNotContain("\n");
    assertThat(frame.at("/alerts/0/contributions/0/feature").asText()).isEqualTo(HOSTILE);
    assertThat(frame.at("/alerts/0/key").asText())
        .as("a key that is no line of text")
        .matches("[0-9a-f]+");
  }

  @Test
  void greatestSurpriseStaysWhereSamplesAreThinned() {
    for (int i = 0; i < 1_000; i++) {
      ring.add(i, i == 777 ? 1e-5 : 0.5, NOW);
    }

    JsonNode samples = frames.next(NOW).json().path("samples");

    assertThat(samples.path("score")).hasSize(Samples.MOST);
    assertThat(samples.path("surprise").toString()).contains("5.0");
  }

  @Test
  void newcomerIsShownTheLatestOfEachSeverityHoweverManyOthersCame() {
    History history = new History(watched);
    task.alert(alert(0, Severity.CRITICAL, "vibration"), null, NOW);
    history.add(frames.next(NOW));
    for (int i = 1; i <= 500; i++) {
      task.alert(alert(i, Severity.LOW, "flow"), null, NOW + 1_000L * i);
      history.add(frames.next(NOW + 1_000L * i));
    }

    JsonNode state = history.json(NOW + 600_000);

    assertThat(state.path("alerts")).hasSizeLessThan(100);
    assertThat(state.path("alerts").findValuesAsText("severity")).contains("CRITICAL", "LOW");
    assertThat(state.at("/alerts/0/severity").asText()).isEqualTo("CRITICAL");
    assertThat(state.path("number").asLong()).isEqualTo(501);
    assertThat(state.path("application").asText()).isEqualTo("pumps");
  }

  private static Alert alert(long offset, Severity severity, String feature) {
    return Alert.newBuilder()
        .setAlertId(new UUID(0, offset))
        .setDetector("pumps")
        .setSource(new Source("readings", 0, offset, Instant.ofEpochMilli(NOW)))
        .setScoredAt(Instant.ofEpochMilli(NOW + 1_000 * offset))
        .setScore(12)
        .setReconstruction(10)
        .setKl(2)
        .setPValue(1e-5)
        .setSurprise(5)
        .setAlertRate(0.001)
        .setSeverity(severity)
        .setModel(new ModelReference("vae", 1L, "00", Instant.ofEpochMilli(NOW)))
        .setContributions(
            List.of(
                Contribution.newBuilder()
                    .setFeature(feature)
                    .setObserved(9.1)
                    .setExpected(2.3)
                    .setLow(1.8)
                    .setHigh(2.9)
                    .setNats(8)
                    .setShare(0.9)
                    .build()))
        .setKlContribution(1)
        .setReason(feature + " 9.1 where 2.3 was expected; p = 1e-5")
        .build();
  }
}
