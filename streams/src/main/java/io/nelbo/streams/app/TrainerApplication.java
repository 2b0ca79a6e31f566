package io.nelbo.streams.app;

import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.VaeTrainer;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.http.Part;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.topics.TopicSetup;
import io.nelbo.streams.trainer.TrainerStatus;
import io.nelbo.streams.trainer.TrainerTopology;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer as a program: keeps the window, retrains, publishes. It has caught up once the window
 * topic is read and no training runs or is due.
 */
public final class TrainerApplication implements Application {
  private static final Logger log = LoggerFactory.getLogger(TrainerApplication.class);

  private final TrainerConfig config;
  private final CurrentModel model = new CurrentModel();
  private final TrainerStatus status = new TrainerStatus();
  private final StreamsClient client;
  private volatile @Nullable SchemaSource schemas;
  private @Nullable InputEnd windowEnd;

  public TrainerApplication(TrainerConfig config) {
    this.config = config;
    client = new StreamsClient("trainer", config);
  }

  @Override
  public void start() throws InterruptedException {
    Thread engine = new Thread(this::loadEngine, "nelbo-engine");
    engine.setDaemon(true);
    engine.start();
    client.start(config.streamsProperties(), this::prepare);
  }

  /** While the window fills, so that the first training need not, and what it lacks is told now. */
  private void loadEngine() {
    try {
      log.info("models are trained on {}", VaeTrainer.device(config.trainDevice()));
    } catch (TrainingException e) {
      log.warn("no model can be trained: {}", e.getMessage());
    }
  }

  private Topology prepare(Admin admin, Duration patience) throws InterruptedException {
    String applicationId =
        config.streamsProperties().getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
    new TopicSetup(admin, config.topics(), config.windowDuration())
        .forTrainer(TrainerTopology.changelogs(applicationId));
    NelboSchemas.publish(config);
    SchemaSource source = NelboSchemas.source(config);
    schemas = source;
    NelboSchemas.register(config, source);
    windowEnd = InputEnd.of(admin, config.topics().window());
    return TrainerTopology.build(config, source, model, VaeTrainer::train, status);
  }

  /** The newest model on the models topic. */
  public CurrentModel model() {
    return model;
  }

  public TrainerStatus status() {
    return status;
  }

  Part part() {
    return client;
  }

  CompletableFuture<@Nullable Void> end() {
    return client.end();
  }

  @Override
  public void awaitCaughtUp() throws InterruptedException {
    if (windowEnd == null) {
      throw new IllegalStateException("the trainer is not started");
    }
    InputEnd end = windowEnd;
    client.await(client::isRunning);
    client.await(() -> hasRead(end));
    awaitIdle();
  }

  boolean isRunning() {
    return client.isRunning();
  }

  private void awaitIdle() throws InterruptedException {
    long checks = status.idleChecks();
    client.await(() -> !status.isAssigned() || status.idleChecks() > checks);
  }

  /** Returns where the window topic ends now, to ask {@link #hasRead} about. */
  InputEnd windowEnd() throws InterruptedException {
    return InputEnd.of(client.admin(), config.topics().window());
  }

  boolean hasRead(InputEnd end) throws InterruptedException {
    return end.isReachedBy(
        client.admin(),
        config.streamsProperties().getProperty(StreamsConfig.APPLICATION_ID_CONFIG));
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    Ends.await(client.end());
  }

  @Override
  public void close() {
    SchemaSource source = schemas;
    if (source != null) {
      NelboSchemas.stopWaiting(source);
    }
    client.close();
    if (source != null) {
      source.close();
    }
  }
}
