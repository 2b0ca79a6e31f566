package io.nelbo.streams.app;

import io.nelbo.streams.config.NelboConfig;
import io.nelbo.streams.http.Part;
import io.nelbo.streams.topics.TopicException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Streams client with its admin client, from the wait for a broker to the farewell from the
 * group: what detector and trainer have in common. Safe for use by several threads.
 */
final class StreamsClient implements Part, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamsClient.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final String name;
  private final Broker broker;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private volatile boolean closing;
  private boolean paused;
  private @Nullable Admin admin;
  private volatile @Nullable KafkaStreams streams;

  StreamsClient(String name, NelboConfig config) {
    this.name = name;
    broker = new Broker(config);
  }

  /** What an application does between the broker's answer and the start of its streams. */
  interface Preparation {
    Topology prepare(Admin admin, Duration patience) throws InterruptedException;
  }

  /** Waits for a broker, prepares, starts. */
  void start(Properties properties, Preparation preparation) throws InterruptedException {
    try {
      Admin connected = broker.connect(() -> closing);
      keep(connected);
      StateDirectory.setDefault(properties, connected);
      Topology topology = preparation.prepare(connected, broker.patience());
      startStreams(topology, properties);
    } catch (TopicException e) {
      throw new ApplicationException(String.valueOf(e.getMessage()), e);
    } catch (InterruptException e) {
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    } catch (KafkaException e) {
      throw new ApplicationException(name + " cannot start: " + Causes.describe(e), e);
    }
  }

  private synchronized void keep(Admin connected) {
    if (closing) {
      connected.close(Duration.ZERO);
      throw new ApplicationException(name + " was stopped before it started");
    }
    admin = connected;
  }

  private synchronized void startStreams(Topology topology, Properties properties) {
    if (closing) {
      throw new ApplicationException(name + " was stopped before it started");
    }
    // Two instances in one state directory end here, with a message that says so.
    KafkaStreams created = new KafkaStreams(topology, properties);
    streams = created;
    String applicationId = properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
    ThreadDeaths deaths = new ThreadDeaths(name, applicationId);
    created.setUncaughtExceptionHandler(deaths);
    created.setStateListener(
        (now, before) -> {
          log.info("{} is {}", name, now.name().toLowerCase(Locale.ROOT).replace('_', ' '));
          if (now == State.ERROR) {
            end.completeExceptionally(
                new ApplicationException(name + " died: " + deaths.lastReason()));
          }
        });
    log.info(
        "{} starts as {}, state in {}",
        name,
        applicationId,
        new StreamsConfig(properties).getString(StreamsConfig.STATE_DIR_CONFIG));
    if (paused) {
      created.pause();
    }
    created.start();
  }

  /**
   * Completes at {@link #close}, or with the {@link ApplicationException} that ended the client.
   */
  CompletableFuture<@Nullable Void> end() {
    return end;
  }

  synchronized Admin admin() {
    if (admin == null) {
      throw new IllegalStateException(name + " is not started");
    }
    return admin;
  }

  synchronized boolean isRunning() {
    return streams != null && streams.state() == State.RUNNING;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    KafkaStreams now = streams;
    return now == null ? Map.of() : now.metrics();
  }

  @Override
  public @Nullable String whyDead() {
    Throwable death = end.isCompletedExceptionally() ? death() : null;
    return death != null ? String.valueOf(death.getMessage()) : closing ? "stopped" : null;
  }

  private @Nullable Throwable death() {
    return end.handle((none, thrown) -> thrown).join();
  }

  /** Kafka Streams runs once all its partitions are assigned and their stores are restored. */
  @Override
  public @Nullable String whyNotReady() {
    KafkaStreams now = streams;
    if (now == null) {
      return "not started: waits for a broker or its topics";
    }
    State state = now.state();
    return state == State.RUNNING
        ? null
        : "Kafka Streams is " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Lets no record through until {@link #resume}; before the start too. */
  synchronized void pause() {
    paused = true;
    if (streams != null) {
      streams.pause();
    }
  }

  synchronized void resume() {
    paused = false;
    if (streams != null) {
      streams.resume();
    }
  }

  /** Waits for a condition or for the end, whichever comes first. */
  void await(Ends.Condition condition) throws InterruptedException {
    Ends.awaitOr(end, condition);
  }

  @Override
  public void close() {
    closing = true;
    end.complete(null);
    synchronized (this) {
      if (streams != null) {
        boolean closed =
            streams.close(
                CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(CLOSE_TIMEOUT));
        if (!closed) {
          log.warn("{} did not stop within {} s", name, CLOSE_TIMEOUT.toSeconds());
        }
        streams = null;
      }
      if (admin != null) {
        admin.close(Duration.ofSeconds(1));
        admin = null;
      }
    }
  }
}
