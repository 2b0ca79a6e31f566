package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import io.nelbo.streams.input.TopicReader;
import io.nelbo.streams.models.ModelTopic;
import io.nelbo.streams.topics.HeaderNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A window topic that is filled, by a detector that has no model and so passes on every record, and
 * is then left as it is: a trainer that has all of it trains on exactly so many records.
 */
final class Window {
  private static final int RATE = 2_000;
  private static final long TRAINING_SECONDS = 150;

  private final Stage stage;
  private final long sent;
  private final long lost;
  private final long doubled;
  private final long deadLetters;
  private final long records;

  private Window(Stage stage, long sent, long lost, long doubled, long deadLetters, long records) {
    this.stage = stage;
    this.sent = sent;
    this.lost = lost;
    this.doubled = doubled;
    this.deadLetters = deadLetters;
    this.records = records;
  }

  /** Sends records through a detector until the window topic has them all. */
  static Window fill(Stage stage, long least) throws IOException, InterruptedException {
    try (Program detector = stage.detector("sampler", "model.name=none").start()) {
      detector.awaitLog(Pattern.compile("detector is running"), 60);
      Feed feed = stage.feed(RATE);
      feed.await(least);
      long sent = feed.stop();
      long bad = Feed.badAmong(sent);
      long begun = System.nanoTime();
      List<String> sources = sources(stage, stage.topics().window());
      while (sources.size() < sent - bad
          && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(60)) {
        TimeUnit.MILLISECONDS.sleep(200);
        sources = sources(stage, stage.topics().window());
      }
      List<String> dead = sources(stage, stage.topics().deadLetters());
      Set<String> distinct = new HashSet<>(sources);
      return new Window(
          stage,
          sent,
          sent - bad - distinct.size() + Math.max(0, bad - dead.size()),
          sources.size() - distinct.size() + Math.max(0, dead.size() - bad),
          dead.size(),
          distinct.size());
    }
  }

  /** The window topic as a detector has left it. */
  static Window asItIs(Stage stage) {
    long records = new HashSet<>(sources(stage, stage.topics().window())).size();
    return new Window(stage, 0, 0, 0, 0, records);
  }

  /** The coordinates of a topic's records, committed ones. */
  private static List<String> sources(Stage stage, String topic) {
    List<String> sources = new ArrayList<>();
    try (TopicReader reader =
        TopicReader.of(Map.of("bootstrap.servers", stage.bootstrapServers()), topic)) {
      reader.readToEnd(
          record ->
              sources.add(
                  text(record, HeaderNames.PARTITION) + "/" + text(record, HeaderNames.OFFSET)));
    }
    return sources;
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  /** A trainer, not yet started, of a model of a name, that waits until it has all of it. */
  Program trainer(String model, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("model.name=" + model);
    all.add("retrain.min.records=" + records);
    return stage.trainer("trainer", all.toArray(String[]::new));
  }

  /** Waits until a trainer has begun to train a model of a name. */
  static void awaitTraining(Program trainer, String model)
      throws IOException, InterruptedException {
    trainer.awaitLog(Pattern.compile("training " + model + " on"), TRAINING_SECONDS);
  }

  /**
   * Waits until a trainer has published a model of a name, and finds that it is the first, whole,
   * and of the whole window.
   */
  void awaitModel(Program trainer, String name) throws IOException, InterruptedException {
    trainer.awaitLog(Pattern.compile("model " + name + " published"), TRAINING_SECONDS);
    long begun = System.nanoTime();
    List<ModelTopic.Entry> found = models(name);
    while (found.isEmpty() && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(30)) {
      TimeUnit.MILLISECONDS.sleep(100); // published, and not yet committed
      found = models(name);
    }
    if (found.size() != 1 || found.get(0).model() == null) {
      throw new IOException("on the models topic there should be one " + name + ", was " + found);
    }
    long trainedOn = found.get(0).model().report().records();
    if (trainedOn != records) {
      throw new IOException(
          "%s was trained on %d records, the window topic has %d"
              .formatted(name, trainedOn, records));
    }
  }

  /**
   * What the models topic has in force under a name, or had; everything on it must be a good model.
   */
  List<ModelTopic.Entry> models(String name) throws IOException {
    List<ModelTopic.Entry> all =
        ModelTopic.read(
            Map.of("bootstrap.servers", stage.bootstrapServers()), stage.topics().models());
    for (ModelTopic.Entry entry : all) {
      if (entry.refusal() != null) {
        throw new IOException("there is a model that is refused: " + entry);
      }
    }
    return all.stream().filter(entry -> entry.name().equals(name) && !entry.kept()).toList();
  }

  Counted counted() {
    return new Counted(sent, lost, doubled, deadLetters, Map.of("windowRecords", records));
  }
}
