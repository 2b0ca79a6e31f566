package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.Score;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.ModelKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The detector's topology under test, of one input partition. */
final class DetectorDriver implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  static final Instant EVENT_TIME = Instant.parse("2026-11-22T11:59:59.5Z");
  static final byte[] KEY = "P-7".getBytes(UTF_8);

  final CurrentModel model = new CurrentModel();
  final WarmUp warmUp = new WarmUp(100);
  final TopologyTestDriver topology;
  final TestOutputTopic<byte[], Alert> alerts;
  final TestOutputTopic<byte[], Score> scores;
  final TestOutputTopic<byte[], byte[]> window;
  final TestOutputTopic<byte[], byte[]> deadLetters;
  final TestOutputTopic<byte[], ModelEvent> modelEvents;
  private final TestInputTopic<byte[], byte[]> input;
  private final TestInputTopic<byte[], byte[]> models;

  DetectorDriver(Map<String, String> settings) {
    this(settings, FixedSchemas.of(List.of(Pumps.SCHEMA, Pumps.FEATURELESS)));
  }

  DetectorDriver(Map<String, String> settings, SchemaSource schemas) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("application.id", "pumps");
    all.put("input.topic", "readings");
    all.putIfAbsent("scores.enabled", "true");
    all.put("state.dir", "target/topology-tests");
    DetectorConfig config = DetectorConfig.of(Settings.of(all));
    topology =
        new TopologyTestDriver(
            DetectorTopology.build(config, schemas, 1, model, warmUp, null),
            config.streamsProperties(),
            NOW);
    input = input("readings");
    models = input("pumps.models");
    alerts = output("pumps.alerts", AvroSerde.of(Alert.class).deserializer());
    scores = output("pumps.scores", AvroSerde.of(Score.class).deserializer());
    modelEvents = output("pumps.model-events", AvroSerde.of(ModelEvent.class).deserializer());
    window = output("pumps.window", new ByteArrayDeserializer());
    deadLetters = output("pumps.dead-letters", new ByteArrayDeserializer());
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return topology.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private <V> TestOutputTopic<byte[], V> output(String topic, Deserializer<V> values) {
    return topology.createOutputTopic(topic, new ByteArrayDeserializer(), values);
  }

  void publish(ModelVersion version) {
    publish(Pumps.published(version));
  }

  void publish(byte @Nullable [] bytes) {
    models.pipeInput("vae".getBytes(UTF_8), bytes);
  }

  void keep(ModelVersion version) {
    models.pipeInput(ModelKeys.kept("vae", version.version()), Pumps.published(version));
  }

  void pipe(byte @Nullable [] value) {
    pipe(value, new RecordHeaders());
  }

  void pipe(byte @Nullable [] value, Headers headers) {
    input.pipeInput(new TestRecord<>(KEY, value, headers, EVENT_TIME));
  }

  /** The alert, as it stands on its topic, that a detector of these settings raises. */
  static TestRecord<byte[], byte[]> alertRecord(Map<String, String> settings) {
    try (DetectorDriver detector = new DetectorDriver(settings)) {
      detector.publish(Pumps.version(1));
      detector.pipe(Pumps.outlier());
      return detector
          .topology
          .createOutputTopic(
              "pumps.alerts", new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readRecord();
    }
  }

  double count(String metric) {
    return topology.metrics().entrySet().stream()
        .filter(e -> e.getKey().group().equals(DetectorMetrics.GROUP))
        .filter(e -> e.getKey().name().equals(metric + "-total"))
        .mapToDouble(e -> (double) e.getValue().metricValue())
        .sum();
  }

  /** The tags of a metric, of which there is one. */
  Map<String, String> tags(String metric) {
    return topology.metrics().keySet().stream()
        .filter(name -> name.group().equals(DetectorMetrics.GROUP) && name.name().equals(metric))
        .map(MetricName::tags)
        .reduce((a, b) -> Map.of())
        .orElseThrow();
  }

  static Map<String, String> text(Headers headers) {
    Map<String, String> text = new HashMap<>();
    headers.forEach(h -> text.put(h.key(), new String(h.value(), UTF_8)));
    return text;
  }

  @Override
  public void close() {
    topology.close();
  }
}
