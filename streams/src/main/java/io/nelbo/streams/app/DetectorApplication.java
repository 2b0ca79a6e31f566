package io.nelbo.streams.app;

import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.detector.DetectorTopology;
import io.nelbo.streams.detector.PollInterceptor;
import io.nelbo.streams.detector.WarmUp;
import io.nelbo.streams.http.Part;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.live.LiveFeed;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.topics.TopicSetup;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** The detector as a program: scores the input topic. Scales out with the input's partitions. */
public final class DetectorApplication implements Application {
  private final DetectorConfig config;
  private final CurrentModel model = new CurrentModel();
  private final WarmUp warmUp;
  private final StreamsClient client;
  private final @Nullable LiveFeed live;
  private volatile @Nullable SchemaSource schemas;
  private @Nullable InputEnd inputEnd;

  /**
   * Creates the application.
   *
   * @param warmUpRecords how many records the first model takes, to tell the progress towards it
   */
  public DetectorApplication(DetectorConfig config, int warmUpRecords) {
    this.config = config;
    warmUp = new WarmUp(warmUpRecords);
    client = new StreamsClient("detector", config);
    live = config.http() == null ? null : new LiveFeed();
  }

  @Override
  public void start() throws InterruptedException {
    Properties properties = config.streamsProperties();
    PollInterceptor.addTo(properties);
    client.start(properties, this::prepare);
  }

  private Topology prepare(Admin admin, Duration patience) throws InterruptedException {
    TopicSetup topics = new TopicSetup(admin, config.topics(), config.windowDuration());
    int partitions = topics.forDetector(config.inputTopic(), config.scoresEnabled(), patience);
    NelboSchemas.publish(config);
    SchemaSource source = NelboSchemas.source(config);
    schemas = source;
    NelboSchemas.register(config, source);
    inputEnd = InputEnd.of(admin, config.inputTopic());
    return DetectorTopology.build(config, source, partitions, model, warmUp, live);
  }

  /** The model in force here. */
  public CurrentModel model() {
    return model;
  }

  WarmUp warmUp() {
    return warmUp;
  }

  /** What its tasks leave for onlookers; null if nothing is served over HTTP. */
  @Nullable LiveFeed live() {
    return live;
  }

  Part part() {
    return new ScoringPart(client, model, warmUp);
  }

  StreamsClient client() {
    return client;
  }

  CompletableFuture<@Nullable Void> end() {
    return client.end();
  }

  @Override
  public void awaitCaughtUp() throws InterruptedException {
    client.await(this::isCaughtUp);
  }

  boolean isCaughtUp() throws InterruptedException {
    if (inputEnd == null) {
      throw new IllegalStateException("the detector is not started");
    }
    return inputEnd.isReachedBy(
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
