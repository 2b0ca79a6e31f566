package io.nelbo.streams.cli;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.streams.app.Broker;
import io.nelbo.streams.app.NelboSchemas;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.input.TopicReader;
import io.nelbo.streams.models.ModelTopic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Lists the versions on the models topic, oldest first: which is in force or was, from when to"
          + " when, and which share of its records it flagged.",
      "Kept versions may be rolled back to; Kafka drops superseded ones sooner or later."
    },
    subcommands = ExportCommand.class,
    synopsisSubcommandLabel =
        "[show V | diff V1 V2 | rollback V | pin V | unpin | accept | reject | export]",
    footer = {
      "",
      "Examples:",
      "  nelbo models",
      "  nelbo models show 3",
      "  nelbo models accept -o application.id=pumps",
      "  nelbo models rollback 3 -o application.id=pumps",
      "  nelbo models show 3 --json -o application.id=pumps"
    })
final class ModelsCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How many of the window's newest records a diff scores. */
  private static final int SCORED_BY_BOTH = 5_000;

  @Spec private CommandSpec spec;
  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    ClientConfig config = ClientConfig.of(kafka.settings());
    List<ModelTopic.Entry> entries = read(config);
    if (entries.isEmpty()) {
      spec.commandLine().getErr().println("no models on " + config.topics().models());
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.println(ModelText.HEADING);
    }
    Map<String, List<ModelTopic.Entry>> byName =
        entries.stream()
            .filter(entry -> entry.model() != null)
            .collect(
                Collectors.groupingBy(
                    ModelTopic.Entry::name, LinkedHashMap::new, Collectors.toList()));
    byName.forEach(
        (name, ofName) -> {
          boolean isOurs = name.equals(config.modelName());
          List<VersionLife> lives =
              VersionLife.of(
                  ofName,
                  isOurs ? ModelLog.events(config) : List.of(),
                  isOurs ? ModelLog.counts(config) : List.of());
          for (VersionLife life : lives) {
            out.println(json ? ModelText.json(life).toString() : ModelText.line(life));
          }
        });
    entries.stream().filter(entry -> entry.model() == null).forEach(entry -> refused(out, entry));
    out.flush();
    return 0;
  }

  private void refused(PrintWriter out, ModelTopic.Entry entry) {
    if (json) {
      out.println(
          Json.object()
              .put("name", entry.name())
              .put("offset", entry.offset())
              .put("refused", entry.refusal()));
    } else {
      out.printf("%-10s  refused, offset %d: %s%n", entry.name(), entry.offset(), entry.refusal());
    }
  }

  private static List<ModelTopic.Entry> read(ClientConfig config) throws InterruptedException {
    new Broker(config).connect(() -> false).close();
    return ModelTopic.read(config);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Shows one model: its training, network and features. Its name is model.name.")
  int show(
      @Parameters(paramLabel = "VERSION", description = "The version to show.") long version,
      @Mixin KafkaOptions showKafka,
      @Option(names = "--json", description = "Print one JSON object.") boolean showJson)
      throws InterruptedException {
    ModelVersion model = version(ClientConfig.of(showKafka.settings()), version);
    PrintWriter out = spec.commandLine().getOut();
    out.println(showJson ? ModelText.jsonDetails(model).toString() : ModelText.details(model));
    out.flush();
    return 0;
  }

  /**
   * Returns a version of the model {@code model.name}.
   *
   * @throws CommandFailure naming the versions that there are
   */
  static ModelVersion version(ClientConfig config, long version) throws InterruptedException {
    return version(config, read(config), version);
  }

  private static ModelVersion version(
      ClientConfig config, List<ModelTopic.Entry> entries, long version) {
    List<ModelVersion> models =
        entries.stream()
            .map(ModelTopic.Entry::model)
            .filter(Objects::nonNull)
            .filter(model -> model.name().equals(config.modelName()))
            .toList();
    return models.stream()
        .filter(m -> m.version() == version)
        .reduce((older, newer) -> newer)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "no version %d of %s on %s; there are versions %s"
                        .formatted(
                            version,
                            config.modelName(),
                            config.topics().models(),
                            models.stream().map(ModelVersion::version).toList())));
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description =
          "Shows what distinguishes two versions: features, scaling, vocabularies, calibration, and"
              + " how both score the newest records of the window.")
  int diff(
      @Parameters(paramLabel = "V1", description = "The version to start from.") long first,
      @Parameters(paramLabel = "V2", description = "The version to compare it with.") long second,
      @Mixin KafkaOptions diffKafka,
      @Option(names = "--json", description = "Print one JSON object.") boolean diffJson)
      throws InterruptedException {
    ClientConfig config = ClientConfig.of(diffKafka.settings());
    List<ModelTopic.Entry> entries = read(config);
    ModelVersion one = version(config, entries, first);
    ModelVersion two = version(config, entries, second);
    ModelDiff diff = ModelDiff.of(one, two);
    ScoreShift shift;
    try (SchemaSource schemas = NelboSchemas.source(config)) {
      shift = ScoreShift.of(one, two, newestRecords(config), new ObservationReader(schemas));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        diffJson
            ? DiffText.json(first, second, diff, shift).toString()
            : DiffText.plain(first, second, diff, shift));
    out.flush();
    return 0;
  }

  private static List<byte[]> newestRecords(ClientConfig config) {
    List<byte[]> values = new ArrayList<>();
    try (TopicReader window =
        TopicReader.newest(config.consumerProperties(), config.topics().window(), SCORED_BY_BOTH)) {
      window.readToEnd(
          record -> {
            if (record.value() != null) {
              values.add(record.value());
            }
          });
    }
    return values;
  }

  @Command(
      name = "accept",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Tells the trainer that what it holds is no attack: a successor of the model in force is"
            + " trained on all of the window.",
        "Learning is held when more than a third of the records is flagged; see the events on the"
            + " model-events topic."
      })
  int accept(@Mixin KafkaOptions commandKafka) throws InterruptedException {
    return send(commandKafka, ModelCommandKind.ACCEPT, null);
  }

  @Command(
      name = "reject",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description =
          "Tells the trainer that what it holds is an attack: it is never learned, and the trainer"
              + " does not ask again until it has passed.")
  int reject(@Mixin KafkaOptions commandKafka) throws InterruptedException {
    return send(commandKafka, ModelCommandKind.REJECT, null);
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Tells the trainer to put a kept version in force again, on every detector: what it holds is"
            + " published as the next version.",
        "If the traffic asks for it the trainer will train a successor again; pin keeps it from"
            + " doing so."
      })
  int rollback(
      @Parameters(paramLabel = "VERSION", description = "The version to restore.") long version,
      @Mixin KafkaOptions commandKafka)
      throws InterruptedException {
    return send(commandKafka, ModelCommandKind.ROLLBACK, version);
  }

  @Command(
      name = "pin",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description =
          "Tells the trainer to leave a version in force until it is unpinned: nothing is trained."
              + " A version that is kept and not in force is restored first.")
  int pin(
      @Parameters(paramLabel = "VERSION", description = "The version to pin.") long version,
      @Mixin KafkaOptions commandKafka)
      throws InterruptedException {
    return send(commandKafka, ModelCommandKind.PIN, version);
  }

  @Command(
      name = "unpin",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Tells the trainer to decide by itself again what is in force.")
  int unpin(@Mixin KafkaOptions commandKafka) throws InterruptedException {
    return send(commandKafka, ModelCommandKind.UNPIN, null);
  }

  private int send(KafkaOptions commandKafka, ModelCommandKind kind, @Nullable Long version)
      throws InterruptedException {
    ClientConfig config = ClientConfig.of(commandKafka.settings());
    ModelEvent answer = new CommandSender(config, PATIENCE).send(kind, version);
    if (answer.getKind() == ModelEventKind.DECLINED) {
      throw new CommandFailure(answer.getSentence());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(answer.getSentence());
    out.flush();
    return 0;
  }
}
