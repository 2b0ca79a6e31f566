package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.util.List;

/** The trainer is killed and finds its state gone: the window comes back from its change log. */
final class TrainerStateDeleted implements Scenario {
  @Override
  public String name() {
    return "trainer-state-deleted";
  }

  @Override
  public int deadlineSeconds() {
    return 400;
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    Window window = Window.fill(stage, 10_000);
    for (String model : List.of("before", "after")) {
      Program trainer = window.trainer(model).start();
      window.awaitModel(trainer, model);
      trainer.kill();
      stage.killed();
      stage.deleteState("trainer");
    }
    return window.counted();
  }
}
