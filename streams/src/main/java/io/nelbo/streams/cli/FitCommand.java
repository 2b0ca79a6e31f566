package io.nelbo.streams.cli;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.VaeTrainer;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.file.RecordFile;
import io.nelbo.streams.models.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Trains a model on a file, without Kafka: CSV with a header, NDJSON or an Avro container,"
          + " gzip'ed or not.",
      "It trains on all records, as a stream would: labels are no features and are not looked at,"
          + " unless --only-normal asks for it."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo fit --file readings.csv --out model.avro",
      "  nelbo fit --file cards.csv.gz --label fraud --only-normal --out m.avro",
      "  nelbo fit --file cards.csv.gz --label fraud --out m.avro --publish \\",
      "      -o bootstrap.servers=kafka:9092"
    })
final class FitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final FileParameters parameters = new FileParameters();
  @Mixin private final TrainingOptions training = new TrainingOptions();

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The file to learn from.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "The file to write the model to.")
  private Path out;

  @Option(
      names = "--only-normal",
      description = "Leave out the records that the first --label says are anomalies.")
  private boolean onlyNormal;

  @Option(names = "--seed", paramLabel = "S", description = "Default: train.seed, which is 0.")
  private @Nullable Long seed;

  @Option(
      names = "--publish",
      description = "Put the model in force: on the models topic, as the next version.")
  private boolean publish;

  @Option(names = "--json", description = "Print the model's details as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException, TrainingException {
    Parameters.require(
        spec,
        !onlyNormal || !parameters.labels().isEmpty(),
        "--only-normal needs --label: which column says what is normal?");
    Settings settings = kafka.settings();
    TrainerConfig config = TrainerConfig.of(settings);
    ClientConfig client = ClientConfig.of(settings);
    Trained trained = train(config);
    long version = publish ? PublishModel.nextVersion(client) : 1;
    ModelVersion model =
        new ModelVersion(
            client.modelName(),
            version,
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            trained.model(),
            trained.report());
    ModelFile.write(out, model);
    if (publish) {
      PublishModel.publish(client, model);
    }
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(json ? ModelText.jsonDetails(model).toString() : ModelText.details(model));
    stdout.flush();
    return 0;
  }

  private Trained train(TrainerConfig config) throws IOException, TrainingException {
    PrintWriter err = spec.commandLine().getErr();
    RecordFile records = parameters.open(file, FileParameters.stem(file));
    Truth truth = onlyNormal ? new Truth(records.field(parameters.labels().get(0))) : null;
    FileWindow window = FileWindow.read(List.of(records), config.features(), truth, err);
    Observations rows = onlyNormal ? window.normals() : window.observations();
    err.printf(
        Locale.ROOT,
        "%,d records, %d features%s%n",
        rows.size(),
        rows.columns().size(),
        onlyNormal ? ", " + window.anomalyCount() + " anomalies left out" : "");
    err.flush();
    // A file's records have no event time of their own; it is from no later than this.
    Instant writtenAt = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS);
    try (Stop stop = Stop.open()) {
      return VaeTrainer.train(
          rows,
          writtenAt,
          writtenAt,
          training.config(config, seed == null ? config.trainSeed() : seed),
          TrainingOptions.listener("training", err, stop));
    }
  }
}
