package io.nelbo.streams.app;

import io.nelbo.streams.config.RunConfig;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Detector and trainer in one program; if one dies, so does the program. It has caught up once the
 * detector has, which waits at its {@link WarmUpGate} for the first model.
 */
public final class RunApplication implements Application {
  private final int minRecords;
  private final DetectorApplication detector;
  private final TrainerApplication trainer;
  private final CompletableFuture<? extends @Nullable Object> end;

  public RunApplication(RunConfig config) {
    minRecords = config.trainer().retrainMinRecords();
    detector = new DetectorApplication(config.detector(), minRecords);
    trainer = new TrainerApplication(config.trainer());
    end = CompletableFuture.anyOf(detector.end(), trainer.end());
  }

  public DetectorApplication detector() {
    return detector;
  }

  public TrainerApplication trainer() {
    return trainer;
  }

  @Override
  public void start() throws InterruptedException {
    // First the detector, whose topics must hold its largest records; but no record passes it
    // before the trainer is there and someone may hold it up.
    detector.client().pause();
    detector.start();
    trainer.start();
    detector.client().resume();
  }

  @Override
  public void awaitCaughtUp() throws InterruptedException {
    new WarmUpGate(detector, trainer, minRecords).awaitFirstModel(end);
    Ends.awaitOr(end, detector::isCaughtUp);
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    Ends.await(end);
  }

  @Override
  public void close() {
    detector.close();
    trainer.close();
  }
}
