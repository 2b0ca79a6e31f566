package io.nelbo.bench.stream;

import io.nelbo.bench.Readings;
import io.nelbo.streams.app.Application;
import io.nelbo.streams.app.HttpApplication;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs one topology after another, as it is told on stdin:
 *
 * <pre>
 *   start VARIANT key=value...   starts a topology, answers "started"
 *   until RECORDS                waits until it has processed so many, answers with a {@link Mark}
 *   total COUNTER                answers with the sum of one of Nelbo's counters over its tasks
 *   stop                         stops it, answers "stopped"
 * </pre>
 */
final class Worker {
  private static final long POLL_NANOS = 5_000_000;
  private static final long STUCK_NANOS = 120_000_000_000L;

  private final StreamThreads threads = new StreamThreads();
  private @Nullable AutoCloseable running;

  private Worker() {}

  public static void main(String[] args) throws Exception {
    // Kafka's libraries may print: answers have the stream for themselves.
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (thread, e) -> {
              e.printStackTrace(System.err);
              System.exit(1);
            });
    Worker worker = new Worker();
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      answers.println(ChildProcess.ANSWER + worker.obey(order.split(" ", -1)));
      answers.flush();
    }
    System.exit(0);
  }

  private String obey(String[] order) throws Exception {
    return switch (order[0]) {
      case "start" -> start(Variant.valueOf(order[1]), order);
      case "until" -> until(Long.parseLong(order[1]));
      case "total" -> Long.toString(threads.total(order[1]));
      case "stop" -> stop();
      default -> throw new IOException("unknown order " + order[0]);
    };
  }

  private String start(Variant variant, String[] order) throws InterruptedException {
    Map<String, String> settings = new HashMap<>();
    for (int i = 2; i < order.length; i++) {
      int equals = order[i].indexOf('=');
      settings.put(order[i].substring(0, equals), order[i].substring(equals + 1));
    }
    settings.put("scores.enabled", Boolean.toString(variant == Variant.SCORES));
    DetectorConfig config = DetectorConfig.of(Settings.of(settings));
    if (variant.isDetector()) {
      Application detector = HttpApplication.detector(config);
      detector.start();
      running = detector;
    } else {
      var properties = config.streamsProperties();
      properties.remove(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);
      KafkaStreams streams =
          new KafkaStreams(
              PassThrough.build(
                  variant, config, variant.output(config.applicationId()), Readings.features()),
              properties);
      streams.start();
      running = () -> streams.close(Duration.ofSeconds(30));
    }
    return "started";
  }

  private String until(long records) {
    long begun = System.nanoTime();
    while (threads.processed() < records) {
      if (System.nanoTime() - begun > STUCK_NANOS) {
        throw new IllegalStateException(
            "stuck: %d of %d records processed".formatted(threads.processed(), records));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return Mark.of(threads).format();
  }

  private String stop() throws Exception {
    if (running != null) {
      running.close();
      running = null;
    }
    return "stopped";
  }
}
