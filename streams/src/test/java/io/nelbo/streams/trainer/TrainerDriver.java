package io.nelbo.streams.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ShadowCounts;
import io.nelbo.streams.Readings;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.models.ModelRecords;
import io.nelbo.streams.topics.HeaderNames;
import io.nelbo.streams.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The trainer's topology under test, without a broker; it can be killed and started again. */
final class TrainerDriver implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int RECORDS = 1_000;

  final FakeTraining training = new FakeTraining();
  final List<ModelEvent> told = new ArrayList<>();
  final List<TestRecord<String, byte[]>> published = new ArrayList<>();
  private final TrainerConfig config;
  private final Path state;
  private CurrentModel current = new CurrentModel();
  private TopologyTestDriver topology;
  private TestOutputTopic<String, ModelEvent> events;
  private TestOutputTopic<String, byte[]> models;
  private Instant now = START;
  private int hour;
  private int commands;

  TrainerDriver(Path state, Map<String, String> settings) {
    this.state = state;
    config = TrainerConfig.of(Settings.of(settings).with("retrain.min.records", "100"));
    open();
  }

  private void open() {
    Properties properties = config.streamsProperties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    topology =
        new TopologyTestDriver(
            TrainerTopology.build(
                config,
                FixedSchemas.of(List.of(Readings.SCHEMA)),
                current,
                training,
                new TrainerStatus()),
            properties,
            now);
    events =
        topology.createOutputTopic(
            config.topics().modelEvents(),
            new StringDeserializer(),
            AvroSerde.of(ModelEvent.class).deserializer());
    models =
        topology.createOutputTopic(
            config.topics().models(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** What has been committed so far. */
  final class Committed {
    private final Map<String, byte[]> decisions = keyValues(TrainerTopology.DECISIONS_STORE);
    private final Map<String, Long> history = keyValues(TrainerTopology.HISTORY_STORE);
    private final List<KeyValue<Windowed<Bytes>, byte[]>> window = new ArrayList<>();
    private final int events = told.size();
    private final int models = published.size();
    private final int hours = hour;

    private Committed() {
      try (KeyValueIterator<Windowed<Bytes>, byte[]> all =
          topology.<Bytes, byte[]>getWindowStore(TrainerTopology.WINDOW_STORE).all()) {
        all.forEachRemaining(window::add);
      }
    }

    private <V> Map<String, V> keyValues(String store) {
      Map<String, V> copy = new TreeMap<>();
      try (KeyValueIterator<String, V> all = topology.<String, V>getKeyValueStore(store).all()) {
        all.forEachRemaining(entry -> copy.put(entry.key, entry.value));
      }
      return copy;
    }
  }

  Committed committed() {
    return new Committed();
  }

  /** Kills the trainer; what comes after what was committed has never been. */
  void restart(Committed committed) {
    topology.close();
    told.subList(committed.events, told.size()).clear();
    published.subList(committed.models, published.size()).clear();
    hour = committed.hours;
    current = new CurrentModel();
    open();
    TestInputTopic<String, byte[]> topic =
        topology.createInputTopic(
            config.topics().models(), new StringSerializer(), new ByteArraySerializer());
    published.forEach(topic::pipeInput);
    committed.decisions.forEach(
        topology.<String, byte[]>getKeyValueStore(TrainerTopology.DECISIONS_STORE)::put);
    committed.history.forEach(
        topology.<String, Long>getKeyValueStore(TrainerTopology.HISTORY_STORE)::put);
    committed.window.forEach(
        record -> {
          ByteBuffer source = ByteBuffer.wrap(record.key.key().get());
          pipe(source.getInt(), source.getLong(), record.value, record.key.window().start());
        });
  }

  CurrentModel current() {
    return current;
  }

  /** Sends readings, a second apart, to the window; those of one time are the same. */
  void feed(int records, Instant from) {
    for (int i = 0; i < records; i++) {
      Instant time = from.plusSeconds(i);
      pipe(
          0,
          time.getEpochSecond(),
          new Readings(time.getEpochSecond()).next(),
          time.toEpochMilli());
    }
  }

  private void pipe(int partition, long offset, byte[] value, long timestamp) {
    TestRecord<byte[], byte[]> record =
        new TestRecord<>(null, value, Instant.ofEpochMilli(timestamp));
    record.headers().add(HeaderNames.PARTITION, Integer.toString(partition).getBytes(UTF_8));
    record.headers().add(HeaderNames.OFFSET, Long.toString(offset).getBytes(UTF_8));
    input(config.topics().window()).pipeInput(record);
  }

  /** Tells the counts of the next hour, which ends the one before it. */
  void interval(double flaggedShare) {
    PValueCounts counts = new PValueCounts(0.01);
    int flagged = (int) Math.round(flaggedShare * RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      counts.add(i < flagged ? 0.001 : (i - flagged + 1.0) / (RECORDS - flagged) * 0.97 + 0.03);
    }
    Instant start = START.plus(Duration.ofHours(hour++));
    IntervalCounts interval =
        new IntervalCounts(
            0, current.version(), start, counts.alpha(), counts.flagged(), counts.bins());
    input(config.topics().counts())
        .pipeInput(AvroSerde.of(IntervalCounts.class).serializer().serialize("counts", interval));
    drain();
  }

  /** Tells how a candidate compares with the model in force on so many records. */
  void shadow(String candidate, int records, int inForceFlagged, int candidateFlagged) {
    PValueCounts counts = new PValueCounts(0.01);
    for (int i = 0; i < records; i++) {
      counts.add(i < candidateFlagged ? 0.001 : 0.5);
    }
    ShadowCounts shadow =
        new ShadowCounts(
            current.version(),
            candidate,
            counts.alpha(),
            (long) inForceFlagged,
            counts.flagged(),
            (long) Math.min(inForceFlagged, candidateFlagged),
            -2.0 * records,
            counts.bins());
    input(config.topics().counts())
        .pipeInput(
            Topics.SHADOW_KEY.getBytes(UTF_8),
            AvroSerde.of(ShadowCounts.class).serializer().serialize("counts", shadow));
    drain();
  }

  /** Has the trainer decide to retrain. */
  void drift() {
    interval(0.05);
    interval(0.05);
    interval(0.01);
  }

  /** Gives a command and returns the answer. */
  ModelEvent tell(ModelCommandKind kind, @Nullable Long version) {
    String id = "id-" + commands++;
    ModelCommand command = new ModelCommand(id, config.modelName(), kind, version, START);
    input(config.topics().commands())
        .pipeInput(AvroSerde.of(ModelCommand.class).serializer().serialize("commands", command));
    drain();
    return told.stream().filter(event -> id.equals(event.getCommand())).findFirst().orElseThrow();
  }

  /** Publishes a model as another program does, which keeps none. */
  void publish(ModelVersion foreign) {
    byte[] value =
        AvroSerde.of(Model.class).serializer().serialize("models", ModelRecords.toAvro(foreign));
    input(config.topics().models()).pipeInput(foreign.name().getBytes(UTF_8), value);
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return topology.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void checks(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      topology.advanceWallClockTime(Duration.ofSeconds(1));
    }
    drain();
  }

  private void drain() {
    told.addAll(events.readValuesToList());
    published.addAll(models.readRecordsToList());
  }

  List<ModelEventKind> kinds() {
    return told.stream().map(ModelEvent::getKind).toList();
  }

  ModelEvent last() {
    return told.get(told.size() - 1);
  }

  double counted(String metric) {
    return topology.metrics().values().stream()
        .filter(found -> found.metricName().name().equals(metric + "-total"))
        .mapToDouble(found -> (double) found.metricValue())
        .sum();
  }

  /** Returns the models topic as it is once Kafka has compacted it. */
  Map<String, ModelVersion> compacted() {
    Map<String, ModelVersion> compacted = new TreeMap<>();
    for (TestRecord<String, byte[]> record : published) {
      if (record.value() == null) {
        compacted.remove(record.key());
      } else {
        compacted.put(
            record.key(),
            ModelRecords.fromAvro(
                AvroSerde.of(Model.class).deserializer().deserialize("models", record.value())));
      }
    }
    return compacted;
  }

  /** The training has a thread of its own, so the wall clock is moved until a new event comes. */
  ModelEvent awaitEvent(ModelEventKind kind) {
    int before = told.size();
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              checks(1);
              return kinds().subList(before, told.size()).contains(kind);
            });
    return last();
  }

  @Override
  public void close() {
    topology.close();
  }
}
