package io.nelbo.streams.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.streams.OperationsPage;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestKafka;
import io.nelbo.streams.config.HttpSettings;
import io.nelbo.streams.config.RunConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.prometheus.Scraped;
import io.nelbo.streams.topics.TopicSetup;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What detector and trainer tell over HTTP, from before the first model until they have ended. */
class HttpIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NORMAL = 300;
  private static final String HOSTILE_KEY = "<img src=x onerror=alert(1)>";
  private static final Path MONITORING = Path.of("..", "docs", "monitoring");
  private static final Pattern METRIC = Pattern.compile("\\b(?:nelbo|kafka|jvm|process)_\\w+");

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path state;
  private URI address = URI.create("http://127.0.0.1/");

  @Test
  void detectorAndTrainerAreSeenFromOutside() throws Exception {
    RunConfig config = config();
    publishSchema(config);
    try (HttpApplication nelbo = HttpApplication.run(config, new HttpSettings("127.0.0.1", 0))) {
      nelbo.start();
      address = nelbo.address();
      assertThat(get("health/live").statusCode()).isEqualTo(200);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(get("health/ready").body())
                      .contains("no model yet: 0 of 5000 records came", "\"trainer\":\"ready\""));
      assertThat(get("health/ready").statusCode()).isEqualTo(503);

      publishModel(config);
      produce(config);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(get("health/ready").statusCode()).isEqualTo(200));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(done(scrape())).isEqualTo(NORMAL + 1 + 2));

      checkScrape(config);
      checkPage();
      checkMonitoring();
      checkJmx();
    }
    assertThatThrownBy(() -> get("health/live")).isInstanceOf(ConnectException.class);
  }

  private void checkScrape(RunConfig config) throws Exception {
    String input = config.detector().inputTopic();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(scrape().series("kafka_consumer_records_lag"))
                    .containsEntry(
                        Map.of("application", "detector", "topic", input, "partition", "0"), 0.0));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(scrape().sum("nelbo_score_nats", "quantile", "0.5")).isNotZero());
    Scraped scrape = scrape();
    assertThat(scrape.sum("nelbo_alerts_total", "application", "detector")).isEqualTo(1);
    assertThat(scrape.sum("nelbo_dead_letters_total", "reason", "undecodable")).isEqualTo(2);
    assertThat(scrape.sum("nelbo_dead_letters_total", "reason", "not_finite")).isZero();
    assertThat(scrape.sum("nelbo_p_value_count", "application", "detector")).isEqualTo(NORMAL + 1);
    assertThat(scrape.sum("nelbo_p_value_bucket", "le", "0.001")).isEqualTo(1);
    assertThat(scrape.series("nelbo_model_version"))
        .containsEntry(Map.of("application", "detector", "model", "vae"), 1.0)
        .containsEntry(Map.of("application", "trainer", "model", "vae"), 1.0);
    assertThat(scrape.sum("nelbo_model_swaps_total", "application", "detector")).isEqualTo(1);
    assertThat(scrape.sum("kafka_streams_client_state", "application", "detector")).isEqualTo(2);
    assertThat(scrape.sum("kafka_streams_thread_state", "thread", "StreamThread-1")).isEqualTo(8);
    assertThat(scrape.sum("nelbo_ready", "application", "detector")).isEqualTo(1);
    assertThat(scrape.series("kafka_consumer_records_lag").keySet())
        .extracting(labels -> labels.get("topic"))
        .contains(config.detector().topics().models())
        .doesNotContain(config.detector().topics().models().replace('.', '_'));
  }

  private void checkPage() throws Exception {
    assertThat(get("").body()).contains("<title>Nelbo</title>");
    JsonNode state = state();
    assertThat(state.path("alerts")).hasSize(1);
    assertThat(state.at("/alerts/0/key").asText()).isEqualTo(HOSTILE_KEY);
    assertThat(state.at("/alerts/0/contributions")).isNotEmpty();
    assertThat(state.path("samples").path("surprise").size()).isGreaterThan(20);
    assertThat(state.path("strays")).isNotEmpty();
    assertThat(state.path("timeline").findValuesAsText("kind")).contains("IN_FORCE");
    assertThat(state.at("/totals/model/version").asLong()).isEqualTo(1);
    assertThat(state.at("/totals/trouble").isNull()).isTrue();
  }

  /** Every metric that a dashboard shows or an alert rule asks for is in the scrape. */
  private void checkMonitoring() throws Exception {
    Set<String> told = scrape().names();
    for (String file : List.of("grafana-dashboard.json", "prometheus-rules.yml")) {
      Set<String> asked = new TreeSet<>();
      METRIC
          .matcher(Files.readString(MONITORING.resolve(file)))
          .results()
          .map(MatchResult::group)
          .forEach(asked::add);
      assertThat(asked).as(file).hasSizeGreaterThan(5);
      assertThat(told).as(file).containsAll(asked);
    }
  }

  /** Every metric of docs/operations.md is in JMX, where the page says, and so are its rates. */
  private static void checkJmx() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Set<String> told = new TreeSet<>();
    for (ObjectName bean :
        server.queryNames(new ObjectName("kafka.streams:type=stream-nelbo-metrics,*"), null)) {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
        told.add(attribute.getName());
      }
    }
    List<String> asked = OperationsPage.metrics();
    assertThat(asked).hasSizeGreaterThan(40);
    assertThat(told).containsAll(asked);
    for (String metric : asked) {
      if (metric.endsWith("-total") && !metric.matches("p-value-.*|.*-seconds-total")) {
        assertThat(told).contains(metric.replace("-total", "-rate"));
      }
    }
  }

  /** How many records were scored or are dead letters. */
  private static double done(Scraped scrape) {
    return scrape.sum("nelbo_records_scored_total", "application", "detector")
        + scrape.sum("nelbo_dead_letters_total", "application", "detector");
  }

  private Scraped scrape() throws Exception {
    HttpResponse<String> answer = get("metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    return Scraped.parse(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path), BodyHandlers.ofString());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(address.resolve("/" + path)).timeout(PATIENCE).build();
  }

  /** What a browser is told first. */
  private JsonNode state() throws Exception {
    HttpResponse<InputStream> events = client.send(request("events"), BodyHandlers.ofInputStream());
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("event: state");
      return new ObjectMapper().readTree(lines.readLine().substring("data: ".length()));
    }
  }

  private RunConfig config() {
    return RunConfig.of(
        Settings.of(
            Map.of(
                "bootstrap.servers", TestKafka.bootstrapServers(),
                "application.id", TestKafka.unique("seen"),
                "input.topic", TestKafka.newTopic("readings", 1),
                "retrain.min.records", "5000",
                "http.port", "0",
                "state.dir", state.toString())));
  }

  private static void publishSchema(RunConfig config) {
    try (Admin admin = TestKafka.admin()) {
      new TopicSetup(admin, config.detector().topics(), config.detector().windowDuration())
          .forDetector(config.detector().inputTopic(), false, PATIENCE);
    }
    SchemaPublisher.publish(
        config.detector().producerProperties(),
        config.detector().topics().schemas(),
        List.of(Pumps.SCHEMA));
  }

  private static void publishModel(RunConfig config) {
    TestKafka.produce(
        List.of(
            new ProducerRecord<>(
                config.detector().topics().models(),
                config.detector().modelName().getBytes(UTF_8),
                Pumps.published(Pumps.version(1)))));
    await()
        .atMost(PATIENCE)
        .until(() -> !TestKafka.readToEnd(config.detector().topics().models()).isEmpty());
  }

  private void produce(RunConfig config) {
    await().atMost(PATIENCE).until(() -> scrape().series("nelbo_model_version").containsValue(1.0));
    String input = config.detector().inputTopic();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < NORMAL; i++) {
      records.add(new ProducerRecord<>(input, Pumps.normal()));
    }
    records.add(new ProducerRecord<>(input, HOSTILE_KEY.getBytes(UTF_8), Pumps.outlier()));
    byte[] cut = Arrays.copyOf(Pumps.normal(), 20);
    records.add(new ProducerRecord<>(input, cut));
    records.add(new ProducerRecord<>(input, cut));
    TestKafka.produce(records);
  }
}
