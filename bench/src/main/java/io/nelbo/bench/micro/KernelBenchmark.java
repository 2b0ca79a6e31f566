package io.nelbo.bench.micro;

import io.nelbo.bench.BenchModels;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Contribution;
import io.nelbo.model.score.Scorer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one score costs, alone and explained: the default network, continuous features. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
  private static final int OBSERVATIONS = 1024;
  private static final int TOP = 5;

  @Param({"8", "32", "100"})
  int features;

  @Param({"0", "2"})
  int samples;

  private Scorer scorer;
  private double[][] observations;
  private int next;

  @Setup
  public void prepare() {
    Features fitted = BenchModels.continuous(features);
    observations = BenchModels.observations(fitted, OBSERVATIONS, 2);
    scorer = new Scorer(BenchModels.model(fitted, samples, observations));
  }

  @Benchmark
  public double score() {
    return scorer.score(observations[next++ & (OBSERVATIONS - 1)]);
  }

  @Benchmark
  public List<Contribution> scoreAndContributions() {
    scorer.score(observations[next++ & (OBSERVATIONS - 1)]);
    return scorer.contributions(TOP);
  }
}
