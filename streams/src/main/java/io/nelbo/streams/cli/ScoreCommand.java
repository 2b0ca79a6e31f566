package io.nelbo.streams.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Contribution;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.streams.file.RecordFile;
import io.nelbo.streams.file.RecordReader;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.models.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Scores the records of a file under a model, without Kafka: one line a record with its score"
          + " (negative ELBO in nats, higher is more anomalous), p-value and the features that add"
          + " most. With --label, says at the end how well the scores rank the anomalies."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo score --model model.avro --file new.csv",
      "  nelbo score --model model.avro --file new.csv --json \\",
      "      | jq 'select(.pValue < 1e-4)'"
    })
final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final FileParameters parameters = new FileParameters();

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "MODEL",
      description = "The model, as nelbo fit writes it.")
  private Path model;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The file to score.")
  private Path file;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "3",
      description = "Features to name for each record (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Parameters.require(spec, top >= 0, "--top must be 0 or more, was " + top);
    ModelVersion version = ModelFile.read(model);
    Features features = version.model().features();
    RecordFile records = parameters.open(file, FileParameters.stem(file));
    List<String> labels = parameters.labels();
    Truth truth = labels.isEmpty() ? null : new Truth(records.field(labels.get(0)));

    ObservationReader observer = new ObservationReader(FixedSchemas.of(List.of()));
    Scorer scorer = new Scorer(version.model());
    double[] observation = new double[features.count()];
    ScoreSummary summary = new ScoreSummary();
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr());
    long number = 0;
    try (RecordReader reader = records.read()) {
      for (GenericRecord record = reader.next();
          record != null && !(number % 1000 == 999 && out.checkError());
          record = reader.next()) {
        number++;
        try {
          Boolean anomaly = truth == null ? null : truth.isAnomaly(record);
          observer.observe(FileWindow.decoded(records.schema(), record), features, observation);
          double score = scorer.score(observation);
          summary.add(score, scorer.pValue(), anomaly);
          out.println(line(number, score, scorer, anomaly));
        } catch (BadRecordException e) {
          summary.addBad();
          out.println(badLine(number, e));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              file + ", record " + number + ": " + e.getMessage(), e);
        }
        double fraction = reader.fractionRead();
        progress.tell(() -> Progress.percent(fraction) + " of the file scored");
      }
    }
    out.flush();
    spec.commandLine().getErr().println(summary.text());
    return 0;
  }

  private String line(long number, double score, Scorer scorer, @Nullable Boolean anomaly) {
    List<Contribution> contributions = scorer.contributions(top);
    if (!json) {
      return String.format(
          Locale.ROOT,
          "%d  score %.3f  p %.3g%s  %s",
          number,
          score,
          scorer.pValue(),
          anomaly == null ? "" : anomaly ? "  anomaly" : "  normal",
          contributions.stream()
              .map(c -> String.format(Locale.ROOT, "%s %+.2f", c.feature(), c.nats()))
              .collect(Collectors.joining(", ")));
    }
    ObjectNode line =
        Json.object()
            .put("record", number)
            .put("score", score)
            .put("reconstruction", scorer.reconstruction())
            .put("kl", scorer.kl())
            .put("pValue", scorer.pValue());
    if (anomaly != null) {
      line.put("anomaly", anomaly);
    }
    ArrayNode features = line.putArray("contributions");
    for (Contribution contribution : contributions) {
      features
          .addObject()
          .put("feature", contribution.feature())
          .put("nats", contribution.nats())
          .put("share", contribution.share())
          .putPOJO("observed", contribution.observed())
          .putPOJO("expected", contribution.expected());
    }
    return line.toString();
  }

  private String badLine(long number, BadRecordException bad) {
    return json
        ? Json.object()
            .put("record", number)
            .put("reason", bad.reason().name())
            .put("message", bad.getMessage())
            .toString()
        : number + "  not scored, " + bad.reason() + ": " + bad.getMessage();
  }
}
