package io.nelbo.streams.cli;

import io.nelbo.model.quality.Detector;
import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import io.nelbo.model.train.TrainingException;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.file.RecordFile;
import io.nelbo.streams.input.FeatureSelection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
          + " 0, false, no, normal, benign or ok. Each record counts by itself: no alert is"
          + " credited to its neighbours.",
      "",
      "semi: trained on a random half of the normal records, tested on all others.",
      "unsup: trained on all records, labels unseen, tested on the same.",
      "prefix: trained on the first records of each file, tested on all.",
      "stream: files of the same columns are one stream, in the order given; a file of other"
          + " columns begins another one. It is trained on the first records; each interval after"
          + " them is scored and then learned from, with the newest window.max.records: never;"
          + " always, unless what was learned flags more; or by the policy of the trainer.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  nelbo evaluate --file cards.csv.gz --label fraud",
      "  nelbo evaluate --file a.csv b.csv --label label --protocol semi,unsup \\",
      "      --seed 0,1,2 --detectors vae,pca,gmm,rcf,autoencoder --json",
      "  nelbo evaluate --file monday.csv tuesday.csv --label label,attack \\",
      "      --protocol stream --initial 5000 --blocks 12 --retraining policy"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final KafkaOptions settings = new KafkaOptions();
  @Mixin private final FileParameters parameters = new FileParameters();
  @Mixin private final TrainingOptions training = new TrainingOptions();
  @Mixin private final ProtocolOptions protocols = new ProtocolOptions();

  @Option(
      names = {"-f", "--file"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "The labelled files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--exclude",
      split = ",",
      paramLabel = "COL",
      description = "Columns to leave out, besides those of features.exclude.")
  private List<String> excluded = new ArrayList<>();

  @Option(
      names = "--detectors",
      split = ",",
      paramLabel = "vae|pca|gmm|rcf|autoencoder",
      defaultValue = "vae",
      description =
          "What to evaluate (default: ${DEFAULT-VALUE}): the VAE, principal components, a Gaussian"
              + " mixture, a random cut forest, a plain autoencoder.")
  private List<Detector> detectors = new ArrayList<>();

  @Option(
      names = "--seed",
      split = ",",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seeds of split and training, a run for each (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--alert-rate",
      split = ",",
      paramLabel = "P",
      description = "P-values at or below which to count alerts (default: alert.rate, 0.001).")
  private List<Double> alertRates = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "PAGE.md",
      description =
          "Also write the results to this page of Markdown, as the section of --title: a new one,"
              + " or in place of the one that is there.")
  private @Nullable Path page;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      defaultValue = "Results",
      description = "The title of that section (default: ${DEFAULT-VALUE}).")
  private String title = "";

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException, TrainingException {
    Parameters.require(
        spec, !parameters.labels().isEmpty(), "--label is needed: which column is the truth?");
    for (double rate : alertRates) {
      Parameters.require(
          spec, rate > 0 && rate < 1, "--alert-rate must be above 0 and below 1, was " + rate);
    }
    TrainerConfig config = TrainerConfig.of(settings.settings());
    List<Protocol> ofEachFile = protocols.ofEachFile();
    List<Protocol> ofStreams = protocols.ofStreams(config);
    EvaluationReport report =
        new EvaluationReport(
            spec.commandLine().getOut(),
            json
                ? new EvaluationJson(training.config(config, 0).profile())
                : new EvaluationTable());
    try (Stop stop = Stop.open()) {
      if (!ofEachFile.isEmpty()) {
        for (Path file : files) {
          RecordFile records = parameters.open(file, FileParameters.stem(file));
          evaluate(List.of(records), ofEachFile, config, report, stop);
        }
      }
      if (!ofStreams.isEmpty()) {
        for (List<RecordFile> records : parameters.openStreams(files)) {
          evaluate(records, ofStreams, config, report, stop);
        }
      }
    }
    report.finish();
    if (report.results().isEmpty()) {
      return 1;
    }
    if (page != null) {
      List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
      new QualityPage(page)
          .write(
              title,
              new QualitySection(report)
                  .body(Provenance.sentence(seeds), Provenance.command(arguments)));
    }
    return 0;
  }

  /** Evaluates everything on files that are one set. */
  private void evaluate(
      List<RecordFile> set,
      List<Protocol> underProtocols,
      TrainerConfig config,
      EvaluationReport report,
      Stop stop)
      throws IOException, TrainingException {
    PrintWriter err = spec.commandLine().getErr();
    String name =
        set.stream()
            .map(RecordFile::path)
            .map(FileParameters::stem)
            .collect(Collectors.joining("+"));
    FileWindow window = read(set, name, config);
    List<Double> rates = alertRates.isEmpty() ? List.of(config.alertRate()) : alertRates;
    for (Protocol protocol : underProtocols) {
      for (long seed : seeds) {
        for (Detector detector : detectors) {
          EvaluationRun run = new EvaluationRun(name, protocol, seed, detector);
          try {
            report.add(
                name,
                Evaluation.of(
                    detector,
                    window.observations(),
                    window.anomalies(),
                    protocol,
                    rates,
                    training.config(config, seed),
                    TrainingOptions.listener(run.toString(), err, stop)));
          } catch (TrainingException e) {
            if (stop.isWanted()) {
              throw e;
            }
            report.refuse(run, String.valueOf(e.getMessage()));
          }
        }
      }
    }
  }

  private FileWindow read(List<RecordFile> records, String name, TrainerConfig config)
      throws IOException {
    Truth truth = new Truth(records.get(0).field(parameters.labels().get(0)));
    FileWindow window =
        FileWindow.read(records, features(config), truth, spec.commandLine().getErr());
    if (window.anomalyCount() == 0 || window.anomalyCount() == window.observations().size()) {
      throw new CommandFailure(
          "%s: %,d of %,d records are anomalies by column %s; a quality needs both kinds"
              .formatted(
                  name,
                  window.anomalyCount(),
                  window.observations().size(),
                  parameters.labels().get(0)));
    }
    return window;
  }

  private FeatureSelection features(TrainerConfig config) {
    FeatureSelection selection = config.features();
    return new FeatureSelection(
        selection.include(),
        Stream.concat(selection.exclude().stream(), excluded.stream()).toList(),
        selection.categorical());
  }
}
