package io.nelbo.streams.cli;

import io.nelbo.schemas.Alert;
import io.nelbo.streams.app.Broker;
import io.nelbo.streams.app.NelboSchemas;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.input.TopicReader;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints the alerts of the alert topic, oldest first.",
    footer = {
      "",
      "Examples:",
      "  nelbo alerts --limit 20              the newest twenty",
      "  nelbo alerts --follow --json | jq .reason",
      "  nelbo alerts -o bootstrap.servers=kafka:9092 -o application.id=pumps"
    })
final class AlertsCommand implements Callable<Integer> {
  private static final long POLL_MS = 200;

  @Spec private CommandSpec spec;
  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--follow", description = "Go on with new alerts as they come, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Print the newest N only; with --follow, end after N.")
  private @Nullable Integer limit;

  @Option(names = "--json", description = "Print JSON, one object a line, every field.")
  private boolean json;

  private int printed;

  @Override
  public Integer call() throws InterruptedException {
    Parameters.require(spec, limit == null || limit > 0, "--limit must be above 0, was " + limit);
    ClientConfig config = ClientConfig.of(kafka.settings());
    new Broker(config).connect(() -> false).close();
    try (Stop stop = Stop.open();
        SchemaSource schemas = NelboSchemas.source(config);
        TopicReader reader =
            TopicReader.of(config.consumerProperties(), config.topics().alerts())) {
      AlertText text = new AlertText(schemas);
      if (follow) {
        follow(reader, text, stop);
      } else {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        reader.readToEnd(records::add);
        printNewest(records, text);
        if (records.isEmpty()) {
          spec.commandLine().getErr().println("no alerts on " + config.topics().alerts());
        }
      }
    }
    return 0;
  }

  /** Partitions have no order among each other, so it is by time. */
  private void printNewest(List<ConsumerRecord<byte[], byte[]>> records, AlertText text) {
    records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    int from = limit == null ? 0 : Math.max(0, records.size() - limit);
    records.subList(from, records.size()).forEach(record -> print(record, text));
    spec.commandLine().getOut().flush();
  }

  private void follow(TopicReader reader, AlertText text, Stop stop) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    do {
      reader.readToEnd(
          record -> {
            if (!isEnough()) {
              print(record, text);
            }
          });
      // checkError flushes, and is how a reader that went away is noticed.
    } while (!isEnough() && !out.checkError() && !stop.await(POLL_MS, TimeUnit.MILLISECONDS));
  }

  private boolean isEnough() {
    return limit != null && printed >= limit;
  }

  private void print(ConsumerRecord<byte[], byte[]> record, AlertText text) {
    if (record.value() == null) {
      return;
    }
    Alert alert;
    try {
      alert = text.read(record);
    } catch (SerializationException e) {
      throw new CommandFailure(
          "%s/%d@%d is no alert: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
    printed++;
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? text.json(alert).toString() : AlertText.plain(alert));
  }
}
