package io.nelbo.bench.fault;

import io.nelbo.bench.Report;
import io.nelbo.bench.stream.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays the scenarios one after another and counts what was lost and doubled in all of them. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description =
        "Real processes on real brokers, to which terrible things are done: every record must come"
            + " out once, as score, alert or dead letter. Exit code 1 if one did not.")
public final class Faults implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "A JSON object for each scenario and one at the end.")
  private boolean json;

  @Option(names = "--short", description = "A look of a minute: one broker, few kills.")
  private boolean isShort;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description =
          "Brokers, as many replicas (3; 1 with --short). With 1, no brokers are killed in turn.")
  private @Nullable Integer nodeCount;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Chooses the moments and the victims (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Only these scenarios; all of them are played otherwise.")
  private List<String> only = List.of();

  private final List<Result> results = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    List<Scenario> scenarios = scenarios();
    Path directory = Files.createTempDirectory("nelbo-faults-");
    int count = nodeCount == null ? (isShort ? 1 : 3) : nodeCount;
    try (Nodes nodes = Nodes.start(count, isShort, directory);
        Cluster cluster = Cluster.on(nodes.bootstrapServers(), nodes::close)) {
      for (Scenario scenario : scenarios) {
        Result result = play(scenario, cluster, nodes, directory);
        results.add(result);
        report.object(result.fields());
      }
    }
    boolean good = results.stream().allMatch(Result::isGood);
    if (good) {
      delete(directory);
    } else {
      report.line("the logs are in " + directory);
    }
    end(report);
    return good ? 0 : 1;
  }

  private List<Scenario> scenarios() {
    List<Scenario> all = Scenario.all(isShort && only.isEmpty());
    List<String> names = all.stream().map(Scenario::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "--only: no scenario %s; there are %s".formatted(name, names));
      }
    }
    return only.isEmpty() ? all : all.stream().filter(s -> only.contains(s.name())).toList();
  }

  private Result play(Scenario scenario, Cluster cluster, Nodes nodes, Path directory)
      throws IOException, InterruptedException {
    Extent extent = new Extent(isShort, new Random(31 * seed + scenario.name().hashCode()));
    long begun = System.nanoTime();
    Counted counted = new Counted(0, 0, 0, 0, Map.of());
    @Nullable String fault = null;
    @Nullable String skipped = null;
    try (Stage stage =
        new Stage(cluster, nodes, directory.resolve(scenario.name()), scenario.name())) {
      try {
        counted = within(scenario, stage, extent);
      } catch (CannotPlay e) {
        skipped = e.getMessage();
      } catch (ExecutionException e) {
        fault = String.valueOf(e.getCause());
      } catch (TimeoutException e) {
        fault = "not over within " + scenario.deadlineSeconds() + " s";
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      return new Result(scenario.name(), counted, stage.kills(), seconds, fault, skipped);
    }
  }

  private static Counted within(Scenario scenario, Stage stage, Extent extent)
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<Counted> playing = new CompletableFuture<>();
    Thread player =
        new Thread(
            () -> {
              try {
                playing.complete(scenario.play(stage, extent));
              } catch (Exception e) {
                playing.completeExceptionally(e);
              }
            },
            scenario.name());
    player.setDaemon(true);
    player.start();
    try {
      return playing.get(scenario.deadlineSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CannotPlay cannot) {
        throw cannot;
      }
      throw e;
    } finally {
      player.interrupt();
    }
  }

  private void end(Report report) throws IOException {
    report.put("seed", seed);
    report.put("scenarios", results.size());
    report.put("sent", sum(result -> result.counted().sent()));
    report.put("lost", sum(result -> result.counted().lost()));
    report.put("doubled", sum(result -> result.counted().doubled()));
    report.put("deadLetters", sum(result -> result.counted().deadLetters()));
    report.put("kills", sum(Result::kills));
    results.stream()
        .map(result -> result.counted().more().get("takeoverSeconds"))
        .filter(Objects::nonNull)
        .forEach(seconds -> report.put("takeoverSeconds", seconds));
    report.put("failed", names(result -> !result.isGood()));
    report.put("skipped", names(result -> result.skipped() != null));
    report.end();
  }

  private long sum(ToLongFunction<Result> of) {
    return results.stream().mapToLong(of).sum();
  }

  private List<String> names(Predicate<Result> which) {
    return results.stream().filter(which).map(Result::scenario).toList();
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
