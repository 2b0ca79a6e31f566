package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.io.IOException;

/**
 * The trainer is killed in the middle of a training: no half model may be on the topic, and after
 * its restart the model comes, of a window that lacks nothing. Each time a model of another name is
 * trained, so that each training is due at once.
 */
final class TrainerKilled implements Scenario {
  @Override
  public String name() {
    return "trainer-killed";
  }

  @Override
  public int deadlineSeconds() {
    return 900;
  }

  @Override
  public Counted play(Stage stage, Extent extent) throws Exception {
    Window window = Window.fill(stage, extent.choose(2_000, 10_000));
    int inTraining = 0;
    for (int round = 1; inTraining < extent.choose(1, 5); round++) {
      String model = "model" + round;
      String budget = "train.time.budget=" + extent.choose(5, 60) + "s";
      Program trainer = window.trainer(model, "group.instance.id=trainer", budget).start();
      Window.awaitTraining(trainer, model);
      extent.awaitSomeMoment(extent.choose(500, 2_000));
      trainer.kill();
      stage.killed();
      if (!trainer.log().contains("model " + model + " published")) {
        inTraining++;
        if (!window.models(model).isEmpty()) {
          throw new IOException("there is a model of a training that did not end");
        }
        trainer.start();
        window.awaitModel(trainer, model);
        trainer.kill();
        stage.killed();
      }
    }
    return window.counted().with("killedInTraining", inTraining);
  }
}
