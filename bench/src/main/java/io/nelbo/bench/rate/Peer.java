package io.nelbo.bench.rate;

import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import io.nelbo.bench.BenchModels;
import io.nelbo.bench.Report;
import io.nelbo.bench.Statistics;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Scorer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares a score's cost with that of AWS' Random Cut Forest, the usual method on streams. */
@Command(
    name = "peer",
    mixinStandardHelpOptions = true,
    description =
        "Records per CPU-second: Nelbo's score and p-value against AWS' "
            + "ThresholdedRandomCutForest 4.4.0 (score, update, threshold; its own defaults) and "
            + "against the score of its forest alone, in one JVM, on the same records.")
public final class Peer implements Callable<Integer> {
  private static final int RECORDS = 4_000;
  private static final int SCORED = 200_000;
  private static final int WARM_UP = 1;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--features", defaultValue = "40", description = "Features (${DEFAULT-VALUE}).")
  private int features;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    Features fitted = BenchModels.continuous(features);
    double[][] records = BenchModels.observations(fitted, RECORDS, 2);
    Scorer scorer = new Scorer(BenchModels.model(fitted, 2, records));
    ThresholdedRandomCutForest forest =
        ThresholdedRandomCutForest.builder()
            .dimensions(features)
            .shingleSize(1)
            .randomSeed(1)
            .build();
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> ratiosOfScores = new ArrayList<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      double nelbo = rate(records, SCORED, x -> scorer.score(x) + scorer.pValue());
      double peer = rate(records, RECORDS, x -> forest.process(x, 0).getRCFScore());
      double scores = rate(records, RECORDS, x -> forest.getForest().getAnomalyScore(floats(x)));
      if (round >= 0) {
        report.line(
            "%d nelbo %9.0f, random cut forest %7.0f, its score alone %7.0f records per CPU-second"
                .formatted(round + 1, nelbo, peer, scores));
        ours.add(nelbo);
        theirs.add(peer);
        ratios.add(nelbo / peer);
        ratiosOfScores.add(nelbo / scores);
      }
    }
    double ratio = Statistics.median(ratios, Double::doubleValue);
    double ofScores = Statistics.median(ratiosOfScores, Double::doubleValue);
    report.line(
        "%d features, median of %d: %.1f times, %.1f times its score alone"
            .formatted(features, rounds, ratio, ofScores));
    report.put("recordsPerCpuSecond", Statistics.median(ours, Double::doubleValue));
    report.put("peerRecordsPerCpuSecond", Statistics.median(theirs, Double::doubleValue));
    report.put("recordsPerCpuSecondRatio", ratio);
    report.put("scoreOnlyRatio", ofScores);
    report.end();
    return 0;
  }

  private double rate(double[][] records, int count, ToDoubleFunction<double[]> score) {
    double sum = 0;
    long begun = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      sum += score.applyAsDouble(records[i % records.length]);
    }
    long nanos = threads.getCurrentThreadCpuTime() - begun;
    if (!Double.isFinite(sum)) {
      throw new IllegalStateException("a score is not finite");
    }
    return count * 1e9 / nanos;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
