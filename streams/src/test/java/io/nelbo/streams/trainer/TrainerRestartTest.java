package io.nelbo.streams.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEventKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  @TempDir private Path state;

  @Test
  void killedAtAnyStepTheTrainerLosesNoDecisionAndRepeatsNone() {
    List<String> uninterrupted = told("uninterrupted", (trainer, step) -> step.accept(trainer));

    List<String> killedAfter =
        told(
            "after",
            (trainer, step) -> {
              step.accept(trainer);
              trainer.restart(trainer.committed());
            });
    List<String> killedBefore =
        told(
            "before",
            (trainer, step) -> {
              TrainerDriver.Committed before = trainer.committed();
              step.accept(trainer);
              trainer.restart(before);
              step.accept(trainer);
            });

    assertThat(uninterrupted)
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
    assertThat(killedAfter).isEqualTo(uninterrupted);
    assertThat(killedBefore).isEqualTo(uninterrupted);
  }

  private interface Doing {
    void step(TrainerDriver trainer, Consumer<TrainerDriver> step);
  }

  /** Returns what was told, times aside, and what the models topic came to hold. */
  private List<String> told(String name, Doing doing) {
    List<String> told = new ArrayList<>();
    try (TrainerDriver trainer =
        new TrainerDriver(state.resolve(name), Map.of("retrain.max.age", "36500d"))) {
      STEPS.forEach(step -> doing.step(trainer, step));
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
