package io.nelbo.streams.demo;

import io.nelbo.streams.app.Application;
import io.nelbo.streams.app.ApplicationException;
import io.nelbo.streams.app.HttpApplication;
import io.nelbo.streams.config.RunConfig;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.local.LocalBroker;
import io.nelbo.streams.local.Scenario;
import io.nelbo.streams.local.TemporaryDirectory;
import io.nelbo.streams.topics.TopicSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The whole of Nelbo in one program: a broker, a stream with planted anomalies, the detector and
 * the trainer, and the account of what was planted, caught and falsely raised. {@link #run} is
 * called once; {@link #stop} by any thread.
 */
public final class Demo {
  private static final Duration PROGRESS = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final DemoOptions options;
  private final Narrator narrator;
  private final Ledger ledger = new Ledger();
  private final Outcomes outcomes = new Outcomes();
  private final CountDownLatch stop = new CountDownLatch(1);

  private Demo(DemoOptions options, Narrator narrator) {
    this.options = options;
    this.narrator = narrator;
  }

  /** Returns a demo that tells its story in lines for people. */
  public static Demo plain(DemoOptions options, PrintWriter out) {
    return new Demo(options, new PlainNarrator(out));
  }

  /** Returns a demo that tells its story in JSON, one object a line. */
  public static Demo json(DemoOptions options, PrintWriter out) {
    return new Demo(options, new JsonNarrator(out));
  }

  /** Ends the stream now; the summary follows within seconds. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Runs the demo and tells the summary.
   *
   * @throws IOException if the broker does not start
   * @throws ApplicationException if one of the applications does not start, or dies
   */
  public void run() throws IOException, InterruptedException {
    try (TemporaryDirectory directory = TemporaryDirectory.create("nelbo-demo-");
        LocalBroker broker = LocalBroker.start(directory.path().resolve("broker"), 0)) {
      RunConfig config = DemoSettings.config(options, broker.bootstrapServers(), directory.path());
      Scenario scenario = options.scenario().start(options.seed());
      prepare(config, scenario);
      try (HttpApplication application =
              HttpApplication.run(config, Objects.requireNonNull(config.detector().http()));
          Producer<byte[], byte[]> producer = producer(config);
          Consumer<byte[], byte[]> consumer = consumer(config)) {
        application.start();
        narrator.started(options, broker.bootstrapServers(), application.address());
        watch(
            application,
            new Feed(scenario, producer, config.detector().inputTopic(), ledger),
            new OutcomeReader(consumer, config.detector().topics(), outcomes, ledger, narrator));
      }
    }
  }

  /** Runs the stream beside the applications until it ends, one of them dies or the demo stops. */
  private void watch(Application application, Feed feed, OutcomeReader reader)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      long start = System.nanoTime();
      Future<?> life = threads.submit(called(application::awaitEnd));
      Future<?> reading = threads.submit(called(reader::run));
      Future<?> feeding =
          threads.submit(called(() -> feed.run(options.rate(), options.duration())));
      tellProgress(start, feed, life, reading, feeding);
      double seconds = secondsSince(start);
      awaitScored(life, reading);
      reader.finish();
      finish(reading);
      narrator.summary(Summary.of(options.scenario(), ledger, outcomes, seconds), outcomes);
    } finally {
      feed.stop();
      reader.finish();
      application.close();
      threads.shutdown();
      threads.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private void tellProgress(
      long start, Feed feed, Future<?> life, Future<?> reading, Future<?> feeding)
      throws InterruptedException {
    long told = start;
    long scored = 0;
    while (!feeding.isDone()) {
      if (stop.await(50, TimeUnit.MILLISECONDS)) {
        feed.stop();
        break;
      }
      throwIfDone(life);
      throwIfDone(reading);
      long now = System.nanoTime();
      if (now - told >= PROGRESS.toNanos()) {
        double rate = (outcomes.scored() - scored) / ((now - told) / 1e9);
        scored = outcomes.scored();
        told = now;
        narrator.progress(
            Summary.of(options.scenario(), ledger, outcomes, secondsSince(start)),
            outcomes.version(),
            rate);
      }
    }
    finish(feeding);
  }

  /** Waits until all that was sent is scored or a dead letter, if there is a model at all. */
  private void awaitScored(Future<?> life, Future<?> reading) throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (outcomes.scored() > 0
        && !outcomes.hasReached(ledger.lastOffsets())
        && System.nanoTime() - deadline < 0) {
      throwIfDone(life);
      throwIfDone(reading);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static void throwIfDone(Future<?> future) throws InterruptedException {
    if (future.isDone()) {
      finish(future);
      throw new ApplicationException("the demo's applications ended before the demo");
    }
  }

  private static void finish(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Work that is interrupted, not failed, when the demo is over. */
  private interface Work {
    void run() throws InterruptedException;
  }

  private static Callable<@Nullable Void> called(Work work) {
    return () -> {
      work.run();
      return null;
    };
  }

  private void prepare(RunConfig config, Scenario scenario) throws InterruptedException {
    String input = config.detector().inputTopic();
    try (Admin admin = Admin.create(config.detector().adminProperties())) {
      admin
          .createTopics(List.of(new NewTopic(input, DemoSettings.PARTITIONS, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
      new TopicSetup(admin, config.detector().topics(), config.detector().windowDuration())
          .forSchemas();
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new KafkaException("the demo's topic could not be created: " + e.getMessage(), e);
    }
    SchemaPublisher.publish(
        config.detector().adminProperties(),
        config.detector().topics().schemas(),
        List.of(scenario.schema()));
  }

  private static Producer<byte[], byte[]> producer(RunConfig config) {
    Map<String, Object> settings = new HashMap<>(config.detector().producerProperties());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Consumer<byte[], byte[]> consumer(RunConfig config) {
    Map<String, Object> settings = new HashMap<>(config.detector().consumerProperties());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
