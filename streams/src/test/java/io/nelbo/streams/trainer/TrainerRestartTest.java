package io.nelbo.streams.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEventKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trainer that is killed loses no decision and repeats none. At each step it is killed right
 * after the transaction is committed, or right before, when the step has to be done again.
 */
class TrainerRestartTest {
  private static final List<Consumer<TrainerDriver>> STEPS =
      List.of(
          trainer -> trainer.feed(200, TrainerDriver.START),
          trainer -> trainer.checks(1),
          trainer -> trainer.awaitEvent(ModelEventKind.PUBLISHED),
          trainer -> trainer.feed(50, TrainerDriver.START.plusSeconds(1000)),
          trainer -> trainer.interval(0.05),
          trainer -> trainer.interval(0.05),
          trainer -> trainer.interval(0.01),
          trainer -> trainer.checks(1),
          trainer -> trainer.awaitEvent(ModelEventKind.PUBLISHED),
          trainer -> trainer.interval(0.4),
          trainer -> trainer.interval(0.4),
          trainer -> trainer.interval(0.4),
          trainer -> trainer.tell(ModelCommandKind.REJECT, null),
          trainer -> trainer.interval(0.01),
          trainer -> trainer.interval(0.01),
          trainer -> trainer.tell(ModelCommandKind.ROLLBACK, 1L),
          trainer -> trainer.checks(1),
          trainer -> trainer.tell(ModelCommandKind.PIN, 2L),
          trainer -> trainer.interval(0.05),
          trainer -> trainer.interval(0.05),
          trainer -> trainer.interval(0.05),
          trainer -> trainer.checks(2),
          trainer -> trainer.tell(ModelCommandKind.UNPIN, null),
          trainer -> trainer.awaitEvent(ModelEventKind.PUBLISHED));

  private static final List<Consumer<TrainerDriver>> COMPARISON =
      List.of(
          trainer -> trainer.feed(200, TrainerDriver.START),
          trainer -> trainer.awaitEvent(ModelEventKind.PUBLISHED),
          trainer -> trainer.feed(100, TrainerDriver.START.plusSeconds(600)),
          trainer -> trainer.drift(),
          trainer -> trainer.awaitEvent(ModelEventKind.PROPOSED),
          trainer -> trainer.shadow(candidate(trainer), 600, 24, 6),
          trainer -> trainer.checks(1),
          trainer -> trainer.shadow(candidate(trainer), 400, 16, 4),
          trainer -> trainer.checks(1),
          trainer -> trainer.interval(0.01));

  @TempDir private Path state;

  @Test
  void killedAtAnyStepTheTrainerLosesNoDecisionAndRepeatsNone() {
    assertThat(toldHoweverItIsKilled(STEPS, Map.of()))
        .extracting(event -> event.split(" ", 2)[0])
        .filteredOn(kind -> !kind.equals(ModelEventKind.CALIBRATION_LOST.name()))
        .containsExactly(
            "TRAINED",
            "PUBLISHED",
            "TRAINED",
            "PUBLISHED",
            "HELD",
            "REJECTED",
            "RELEASED",
            "ROLLED_BACK",
            "ROLLED_BACK",
            "PINNED",
            "HELD",
            "UNPINNED",
            "TRAINED",
            "PUBLISHED",
            "vae",
            "vae@1",
            "vae@2",
            "vae@3",
            "vae@4",
            "vae@5");
  }

  @Test
  void killedWhileACandidateIsComparedTheTrainerDecidesAsIfItWereNot() {
    assertThat(toldHoweverItIsKilled(COMPARISON, Map.of("models.shadow", "true")))
        .extracting(event -> event.split(" ", 2)[0])
        .containsExactly(
            "TRAINED", "PUBLISHED", "TRAINED", "PROPOSED", "PUBLISHED", "vae", "vae@1", "vae@2");
  }

  private static String candidate(TrainerDriver trainer) {
    return Objects.requireNonNull(trainer.compacted().get("vae@candidate")).model().sha256();
  }

  /** Returns what is told without a restart, after it has shown that restarts change nothing. */
  private List<String> toldHoweverItIsKilled(
      List<Consumer<TrainerDriver>> steps, Map<String, String> settings) {
    List<String> uninterrupted =
        told("uninterrupted", steps, settings, (trainer, step) -> step.accept(trainer));

    List<String> killedAfter =
        told(
            "after",
            steps,
            settings,
            (trainer, step) -> {
              step.accept(trainer);
              trainer.restart(trainer.committed());
            });
    List<String> killedBefore =
        told(
            "before",
            steps,
            settings,
            (trainer, step) -> {
              TrainerDriver.Committed before = trainer.committed();
              step.accept(trainer);
              trainer.restart(before);
              step.accept(trainer);
            });

    assertThat(killedAfter).isEqualTo(uninterrupted);
    assertThat(killedBefore).isEqualTo(uninterrupted);
    return uninterrupted;
  }

  private interface Doing {
    void step(TrainerDriver trainer, Consumer<TrainerDriver> step);
  }

  /** Returns what was told, times aside, and what the models topic came to hold. */
  private List<String> told(
      String name, List<Consumer<TrainerDriver>> steps, Map<String, String> settings, Doing doing) {
    List<String> told = new ArrayList<>();
    Map<String, String> all = new HashMap<>(settings);
    all.put("retrain.max.age", "36500d");
    try (TrainerDriver trainer = new TrainerDriver(state.resolve(name), all)) {
      steps.forEach(step -> doing.step(trainer, step));
      trainer.told.forEach(
          event ->
              told.add(
                  "%s of %s in place of %s: %s %s"
                      .formatted(
                          event.getKind(),
                          event.getVersion(),
                          event.getInForce(),
                          event.getSentence().replaceAll("trained at [^,]*", "trained once"),
                          event.getNumbers())));
      trainer.compacted().forEach((key, model) -> told.add(key + " is " + model.model().sha256()));
    }
    return told;
  }
}
