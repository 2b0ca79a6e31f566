package io.nelbo.streams.cli;

import io.nelbo.streams.app.Broker;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.file.RecordFile;
import io.nelbo.streams.file.RecordReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Puts the records of a file on a topic: CSV with a header, NDJSON or an Avro container,"
          + " gzip'ed or not. Creates the topic if it is missing.",
      "The Avro schema of CSV and NDJSON is inferred from the whole file and printed: columns of 0"
          + " and 1 only become boolean, other numbers long or double, ISO times timestamps, texts"
          + " string (categorical if there are few different ones); empty is null."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo replay --file readings.csv --topic readings",
      "  nelbo replay --file calls.csv.gz --topic calls --label label,attack",
      "  nelbo replay --file trips.ndjson --topic trips --rate 500 --key vehicle \\",
      "      --timestamp at -o bootstrap.servers=kafka:9092"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final FileParameters parameters = new FileParameters();

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The file to read.")
  private Path file;

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "TOPIC",
      description = "The topic to write.")
  private String topic;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Records a second (default: as fast as it goes).")
  private @Nullable Double rate;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Partitions of a topic that is created (default: ${DEFAULT-VALUE}, which keeps the"
              + " file's order).")
  private int partitions;

  @Option(names = "--key", paramLabel = "COL", description = "The column that becomes the key.")
  private @Nullable String key;

  @Option(
      names = "--timestamp",
      paramLabel = "COL",
      description =
          "The column of the event time: ISO 8601, or milliseconds since 1970 (default: now).")
  private @Nullable String timestamp;

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Parameters.require(spec, rate == null || rate > 0, "--rate must be above 0, was " + rate);
    Parameters.require(spec, partitions > 0, "--partitions must be 1 or more, was " + partitions);
    ClientConfig config = ClientConfig.of(kafka.settings());
    RecordFile records = parameters.open(file, topic);
    Schema.Field keyField = key == null ? null : records.field(key);
    Schema.Field timeField = timestamp == null ? null : timeField(records, timestamp);
    printSchema(records.schema());

    PrintWriter err = spec.commandLine().getErr();
    try (Admin admin = new Broker(config).connect(() -> false)) {
      if (ReplayTopic.create(admin, topic, partitions)) {
        err.println("created topic " + topic + ", partitions: " + partitions);
      }
      ReplayTopic.publishSchema(admin, config, records.schema());
    }
    long start = System.nanoTime();
    long sent;
    try (Stop stop = Stop.open();
        RecordReader reader = records.read();
        RecordSender sender =
            new RecordSender(config, topic, records.schema(), keyField, timeField)) {
      sent = send(reader, sender, stop);
      sender.flush();
    }
    printSent(sent, (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private static Schema.Field timeField(RecordFile records, String column) {
    Schema.Field field = records.field(column);
    boolean isTime =
        (field.schema().isUnion() ? field.schema().getTypes().stream() : Stream.of(field.schema()))
            .anyMatch(
                type ->
                    type.getType() == Schema.Type.LONG
                        && (type.getLogicalType() == null
                            || type.getLogicalType() instanceof LogicalTypes.TimestampMillis));
    if (!isTime) {
      throw new IllegalArgumentException(
          "--timestamp "
              + column
              + " must hold ISO 8601 times or milliseconds since 1970, but is "
              + field.schema());
    }
    return field;
  }

  private long send(RecordReader reader, RecordSender sender, Stop stop)
      throws IOException, InterruptedException {
    Progress progress = new Progress(spec.commandLine().getErr());
    long start = System.nanoTime();
    long sent = 0;
    for (GenericRecord record = reader.next(); record != null; record = reader.next()) {
      if (rate != null) {
        long due = start + (long) (sent * 1e9 / rate);
        stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      if (stop.isWanted()) {
        break;
      }
      sender.send(record);
      sent++;
      long soFar = sent;
      double fraction = reader.fractionRead();
      progress.tell(
          () ->
              "%,d records sent, %s of the file read".formatted(soFar, Progress.percent(fraction)));
    }
    return sent;
  }

  private void printSchema(Schema schema) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.object()
              .put("event", "schema")
              .put(
                  "fingerprint",
                  "%016x".formatted(SchemaNormalization.parsingFingerprint64(schema)))
              .set("schema", Json.parse(schema.toString())));
    } else {
      out.println(Json.fieldByField(schema));
    }
    out.flush();
  }

  private void printSent(long sent, double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.object()
              .put("event", "replayed")
              .put("topic", topic)
              .put("records", sent)
              .put("seconds", Math.round(seconds * 1000) / 1000.0));
    } else {
      out.println("replayed %,d records to %s in %.1f s".formatted(sent, topic, seconds));
    }
    out.flush();
  }
}
