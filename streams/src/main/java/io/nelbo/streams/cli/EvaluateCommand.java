package io.nelbo.streams.cli;

import io.nelbo.model.quality.Detector;
import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import io.nelbo.model.train.TrainingException;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.file.RecordFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Reports the detection quality on labelled files. A record is an anomaly unless its label is"
          + " 0, false, no, normal, benign or ok.",
      "semi: trained on a random half of the normal records, tested on all others."
          + " unsup: trained on all records, labels unseen, tested on the same."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo evaluate --file cards.csv.gz --label fraud",
      "  nelbo evaluate --file a.csv b.csv --label label --protocol semi,unsup \\",
      "      --seed 0,1,2 --detectors vae,pca,gmm,autoencoder --json"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final KafkaOptions settings = new KafkaOptions();
  @Mixin private final FileParameters parameters = new FileParameters();
  @Mixin private final TrainingOptions training = new TrainingOptions();

  @Option(
      names = {"-f", "--file"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "The labelled files; each is evaluated on its own.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--protocol",
      split = ",",
      paramLabel = "semi|unsup",
      defaultValue = "semi",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<Protocol> protocols = new ArrayList<>();

  @Option(
      names = "--detectors",
      split = ",",
      paramLabel = "vae|pca|gmm|autoencoder",
      defaultValue = "vae",
      description =
          "What to evaluate (default: ${DEFAULT-VALUE}): the VAE, principal components, a Gaussian"
              + " mixture, a plain autoencoder.")
  private List<Detector> detectors = new ArrayList<>();

  @Option(
      names = "--seed",
      split = ",",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seeds of split and training, a run for each (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException, TrainingException {
    Parameters.require(
        spec, !parameters.labels().isEmpty(), "--label is needed: which column is the truth?");
    TrainerConfig config = TrainerConfig.of(settings.settings());
    EvaluationReport report = new EvaluationReport(spec.commandLine().getOut(), json);
    try (Stop stop = Stop.open()) {
      for (Path file : files) {
        evaluate(file, config, report, stop);
      }
    }
    report.finish();
    return 0;
  }

  private void evaluate(Path file, TrainerConfig config, EvaluationReport report, Stop stop)
      throws IOException, TrainingException {
    PrintWriter err = spec.commandLine().getErr();
    RecordFile records = parameters.open(file, FileParameters.stem(file));
    Truth truth = new Truth(records.field(parameters.labels().get(0)));
    FileWindow window = FileWindow.read(records, config.features(), truth, err);
    if (window.anomalyCount() == 0 || window.anomalyCount() == window.observations().size()) {
      throw new CommandFailure(
          "%s: %,d of %,d records are anomalies by column %s; a quality needs both kinds"
              .formatted(
                  file,
                  window.anomalyCount(),
                  window.observations().size(),
                  parameters.labels().get(0)));
    }
    for (Protocol protocol : protocols) {
      for (long seed : seeds) {
        for (Detector detector : detectors) {
          String what =
              "%s, %s, seed %d, %s"
                  .formatted(
                      FileParameters.stem(file),
                      EvaluationReport.name(protocol),
                      seed,
                      EvaluationReport.name(detector));
          report.add(
              FileParameters.stem(file),
              Evaluation.of(
                  detector,
                  window.observations(),
                  window.anomalies(),
                  protocol,
                  config.alertRate(),
                  training.config(config, seed),
                  TrainingOptions.listener(what, err, stop)));
        }
      }
    }
  }
}
