package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.streams.TestModels;
import io.nelbo.streams.cli.VersionLife.State;
import io.nelbo.streams.models.ModelTopic;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionLifeTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void versionsAreInForceOneAfterTheOther() {
    List<ModelTopic.Entry> entries =
        List.of(entry(1, false), entry(2, true), entry(2, false), entry(3, true), entry(3, false));

    List<VersionLife> lives = VersionLife.of(entries, List.of(), List.of());

    assertThat(lives)
        .extracting(VersionLife::state)
        .containsExactly(State.SUPERSEDED, State.KEPT, State.IN_FORCE);
    assertThat(lives).extracting(VersionLife::from).containsExactly(at(1), at(2), at(3));
    assertThat(lives).extracting(VersionLife::to).containsExactly(at(2), at(3), null);
    assertThat(lives).noneMatch(VersionLife::isPinned);
    assertThat(lives.get(0).flaggedShare()).isNaN();
  }

  @Test
  void flaggedShareIsOfTheSuccessorsEventOrElseOfTheCounts() {
    List<ModelEvent> events =
        List.of(
            event(
                ModelEventKind.ROLLED_BACK,
                2,
                Map.of("former", 1.0, "formerRecords", 1000.0, "formerFlagged", 20.0)));
    List<IntervalCounts> counts = List.of(counts(1, 5, 95), counts(2, 1, 99), counts(2, 3, 97));

    List<VersionLife> lives =
        VersionLife.of(List.of(entry(1, true), entry(2, false)), events, counts);

    assertThat(lives.get(0).scored()).isEqualTo(1000);
    assertThat(lives.get(0).flaggedShare()).isEqualTo(0.02);
    assertThat(lives.get(1).scored()).isEqualTo(200);
    assertThat(lives.get(1).flaggedShare()).isEqualTo(0.02);
  }

  @Test
  void pinLastsUntilItIsTakenOff() {
    ModelEvent pinned = event(ModelEventKind.PINNED, 1, Map.of());
    ModelEvent unpinned = event(ModelEventKind.UNPINNED, 1, Map.of());
    List<ModelTopic.Entry> entries = List.of(entry(1, false));

    assertThat(VersionLife.of(entries, List.of(pinned), List.of()).get(0).isPinned()).isTrue();
    assertThat(VersionLife.of(entries, List.of(pinned, unpinned), List.of()).get(0).isPinned())
        .isFalse();
  }

  private static Instant at(long version) {
    return START.plusSeconds(3600 * version);
  }

  private static ModelTopic.Entry entry(long version, boolean kept) {
    return new ModelTopic.Entry(
        "vae", kept, version, at(version), TestModels.version(version), null);
  }

  private static ModelEvent event(ModelEventKind kind, long version, Map<String, Double> numbers) {
    return ModelEvent.newBuilder()
        .setModel("vae")
        .setKind(kind)
        .setAt(at(version))
        .setVersion(version)
        .setSentence("")
        .setNumbers(numbers)
        .build();
  }

  private static IntervalCounts counts(long version, long flagged, long others) {
    Long[] bins = new Long[13];
    Arrays.fill(bins, 0L);
    bins[0] = flagged;
    bins[9] = others;
    return new IntervalCounts(0, version, START, 0.01, flagged, List.of(bins));
  }
}
