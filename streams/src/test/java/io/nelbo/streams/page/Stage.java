package io.nelbo.streams.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.Contribution;
import io.nelbo.schemas.ModelReference;
import io.nelbo.schemas.Severity;
import io.nelbo.schemas.Source;
import io.nelbo.streams.TestModels;
import io.nelbo.streams.config.HttpSettings;
import io.nelbo.streams.http.HttpService;
import io.nelbo.streams.http.Part;
import io.nelbo.streams.live.LiveFeed;
import io.nelbo.streams.live.ScoreRing;
import io.nelbo.streams.live.StrayRecord;
import io.nelbo.streams.live.TaskFeed;
import io.nelbo.streams.metrics.Gauges;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.InForce;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** A live page, served, of a detector that is only played. */
final class Stage implements AutoCloseable {
  private static final List<Severity> SEVERITIES = List.of(Severity.values());
  static final String HOSTILE = "<img src=x onerror=\"window.hostile=1\">";

  private final Metrics registry = new Metrics();
  private final Map<String, Double> values = new ConcurrentHashMap<>();
  private final Random random = new Random(7);
  private final LiveFeed live = new LiveFeed();
  private final ScoreRing ring = new ScoreRing();
  private final TaskFeed task = live.open(ring);
  private final CurrentModel model = new CurrentModel();
  private final LivePage page;
  private final HttpService service;
  private final ScheduledExecutorService player = Executors.newSingleThreadScheduledExecutor();
  private long offset;

  Stage() throws IOException {
    page =
        new LivePage(
            new Watched(
                "pumps", "readings", 0.001, List.of(new Played()), live, model, Map.of(), "none"));
    service = HttpService.start(new HttpSettings("127.0.0.1", 0), page.routes());
    page.start();
  }

  URI address() {
    return service.address();
  }

  void warmUp(int records, int needed) {
    set("warm-up-records", records);
    set("warm-up-needed", needed);
  }

  void putInForce(long version) {
    InForce.put(model, TestModels.version(version));
  }

  /** Plays scores, now and then an alert, and bad records, from now on. */
  void play() {
    var unused = player.scheduleAtFixedRate(this::step, 0, 20, TimeUnit.MILLISECONDS);
  }

  private void step() {
    long now = System.currentTimeMillis();
    for (int i = 0; i < 5; i++) {
      ring.add(4 + 3 * random.nextGaussian(), 1 - random.nextDouble(), now);
      add("scored-total");
    }
    if (++offset % 40 == 1) {
      int decades = (int) (offset / 40 % 4);
      Severity severity = SEVERITIES.get(decades);
      add("alerts-" + severity.name().toLowerCase(Locale.ROOT) + "-total");
      alert(severity, decades, "P-" + random.nextInt(9), "vibration", now);
    }
    if (offset % 150 == 1) {
      add("dead-letters-undecodable-total");
      task.deadLetter(
          new StrayRecord(
              "UNDECODABLE", "string of 9 bytes where 4 are left", "readings", 0, offset, now));
    }
  }

  /** Raises an alert, and a dead letter, of which every text is an attempt at markup. */
  void attack() {
    long now = System.currentTimeMillis();
    alert(Severity.CRITICAL, 3, HOSTILE, HOSTILE, now);
    task.deadLetter(new StrayRecord("UNDECODABLE", HOSTILE, HOSTILE, 0, 1, now));
    add("dead-letters-undecodable-total");
  }

  private void alert(Severity severity, int decades, String key, String feature, long now) {
    double surprise = 3.2 + decades + 0.7 * random.nextDouble();
    double observed = 2.9 + 2 * decades;
    task.alert(
        Alert.newBuilder()
            .setAlertId(new UUID(now, offset))
            .setDetector("pumps")
            .setSource(new Source("readings", 0, offset, Instant.ofEpochMilli(now - 40)))
            .setScoredAt(Instant.ofEpochMilli(now))
            .setScore(20)
            .setReconstruction(17)
            .setKl(3)
            .setPValue(Math.pow(10, -surprise))
            .setSurprise(surprise)
            .setAlertRate(0.001)
            .setSeverity(severity)
            .setModel(new ModelReference("vae", model.version(), "00", Instant.ofEpochMilli(now)))
            .setContributions(
                List.of(
                    contribution(feature, observed, 2.3, 8),
                    contribution("flow", 40.2, 41.1, 1.4),
                    Contribution.newBuilder()
                        .setFeature("country")
                        .setObserved(feature)
                        .setExpected("FR")
                        .setProbability(0.93)
                        .setNats(3.2)
                        .setShare(0.2)
                        .build()))
            .setKlContribution(1.1)
            .setReason(feature + " " + observed + " where 2.3 (1.8–2.9) was expected; p = 1e-5")
            .build(),
        key.getBytes(UTF_8),
        now);
  }

  private static Contribution contribution(
      String feature, double observed, double expected, double nats) {
    return Contribution.newBuilder()
        .setFeature(feature)
        .setObserved(observed)
        .setExpected(expected)
        .setLow(expected - 0.6)
        .setHigh(expected + 0.6)
        .setNats(nats)
        .setShare(0.4)
        .build();
  }

  private void add(String metric) {
    set(metric, values.getOrDefault(metric, 0.0) + 1);
  }

  private void set(String metric, double value) {
    if (values.put(metric, value) == null) {
      Measurable read = (config, now) -> values.get(metric);
      registry.addMetric(new MetricName(metric, Gauges.GROUP, "", Map.of()), read);
    }
  }

  @Override
  public void close() {
    player.shutdownNow();
    page.close();
    service.close();
    registry.close();
  }

  private final class Played implements Part {
    @Override
    public String name() {
      return "detector";
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
      return registry.metrics();
    }

    @Override
    public @Nullable String whyDead() {
      return null;
    }

    @Override
    public @Nullable String whyNotReady() {
      return model.get() == null ? "no model yet" : null;
    }
  }
}
