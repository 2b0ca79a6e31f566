package io.nelbo.bench.fuzz;

import io.nelbo.bench.Report;
import io.nelbo.bench.process.ProcessStatus;
import io.nelbo.bench.stream.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives Nelbo bad records, bad models, bad settings and bad files, and counts what comes of it. */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    description =
        "Mutated records through a real detector: each is scored or a dead letter. Mutated models:"
            + " none comes into force. Mutated settings and files: each ends with a message. Exit"
            + " code 1 if it is not so.")
public final class Fuzz implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 60;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description = "Mutated records (${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--models",
      defaultValue = "20000",
      description = "Mutated models (${DEFAULT-VALUE}).")
  private long models;

  @Option(
      names = "--files",
      defaultValue = "2000",
      description = "Mutated files, and as many settings (${DEFAULT-VALUE}).")
  private int files;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Chooses what is mutated and how (${DEFAULT-VALUE}).")
  private long seed;

  private final List<String> faults = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    Path directory = Files.createTempDirectory("nelbo-fuzz-");
    try (Cluster cluster = Cluster.start()) {
      try (Target target = Target.start(cluster, directory, new MutatedModels(seed, 1).good())) {
        try (FuzzTally tally = target.tally()) {
          records(report, target, tally);
          models(report, target, tally);
        }
        report.put("residentMebibytes", new ProcessStatus(target.pid()).residentMebibytes());
      }
      files(report, cluster, directory);
    }
    faults.forEach(report::line);
    report.put("seed", seed);
    report.put("faults", faults);
    report.end();
    if (faults.isEmpty()) {
      delete(directory);
      return 0;
    }
    report.line("the detector's log is in " + directory);
    return 1;
  }

  private void records(Report report, Target target, FuzzTally tally) throws IOException {
    MutatedRecords mutated = new MutatedRecords(seed);
    long told = Math.max(1, records / 10);
    for (long i = 0; i < records; i++) {
      target.send((int) (i % Target.PARTITIONS), mutated.next());
      if ((i + 1) % told == 0) {
        target.flush();
        tally.readUntil(i + 1, PATIENCE_SECONDS);
        target.requireAlive();
        report.line(
            "%d records: %d scored, %d dead letters"
                .formatted(i + 1, tally.scored(), tally.deadLetters()));
      }
    }
    target.flush();
    tally.readUntil(records, PATIENCE_SECONDS);
    target.requireAlive();
    require(tally.scored() + tally.deadLetters() == records, "records without an outcome or lost");
    require(tally.doubled() == 0, "records with two outcomes");
    require(tally.unexplained() == 0, "outcomes that do not say why or whence");
    report.line("dead letters by reason: " + tally.reasons());
    report.put("records", records);
    report.put("scored", tally.scored());
    report.put("deadLetters", tally.deadLetters());
    report.put("lost", Math.max(0, records - tally.outcomes()));
    report.put("doubled", tally.doubled());
    report.put("unexplained", tally.unexplained());
    report.put("reasons", tally.reasons());
  }

  private void models(Report report, Target target, FuzzTally tally)
      throws IOException, InterruptedException {
    MutatedModels mutated = new MutatedModels(seed, 2);
    for (long i = 0; i < models; i++) {
      target.send(mutated.next());
    }
    target.flush();
    long begun = System.nanoTime();
    long before = 0;
    while (target.total("model-refusals-total") < models
        && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
      target.requireAlive();
      long now = target.total("model-refusals-total");
      begun = now > before ? System.nanoTime() : begun;
      before = now;
      TimeUnit.MILLISECONDS.sleep(200);
    }
    long refused = target.total("model-refusals-total");
    long inForce = target.total("model-swaps-total") - 1;
    target.send(0, new Gadgets(new Random(1)).next());
    target.flush();
    tally.readUntil(records + 1, PATIENCE_SECONDS);
    require(refused == models, "models that were not refused");
    require(inForce == 0, "mutated models in force");
    require(tally.versions().equals(Set.of(1L)), "scores by another than the good model");
    target.send(mutated.good());
    target.flush();
    begun = System.nanoTime();
    while (target.total("model-swaps-total") < inForce + 2
        && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    boolean next = target.total("model-swaps-total") == inForce + 2;
    require(next, "a good model after the bad ones that does not come into force");
    report.line("%d models: %d refused, %d in force".formatted(models, refused, inForce));
    report.put("models", models);
    report.put("modelsRefused", refused);
    report.put("modelsInForce", inForce);
  }

  private void files(Report report, Cluster cluster, Path directory) throws IOException {
    MutatedFiles mutated = new MutatedFiles(seed, directory, cluster.bootstrapServers());
    for (int i = 0; i < files; i++) {
      mutated.giveFile();
      mutated.giveSettings();
    }
    mutated.unclear().forEach(report::line);
    require(mutated.unclear().isEmpty(), "commands that ended without a message for people");
    report.line("%d files and settings: %s".formatted(2 * files, mutated.exitCodes()));
    report.put("files", 2 * files);
    report.put("exitCodes", mutated.exitCodes());
    report.put("unclear", mutated.unclear().size());
  }

  private void require(boolean claim, String fault) {
    if (!claim) {
      faults.add("there are " + fault);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
