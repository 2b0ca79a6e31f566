package io.nelbo.bench.micro;

import io.nelbo.bench.BenchModels;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Contribution;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.vae.EnsembleBlockElbo;
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

/**
 * What one score costs, in a block, alone and explained: the default network, continuous features.
 */
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
  private EnsembleBlockElbo elbo;
  private double[][] observations;
  private double[][][] blocks;
  private int next;
  private int nextBlock;
  private int lane;

  @Setup
  public void prepare() {
    Features fitted = BenchModels.continuous(features);
    observations = BenchModels.observations(fitted, OBSERVATIONS, 2);
    TrainedModel model = BenchModels.model(fitted, samples, observations);
    scorer = new Scorer(model);
    elbo = new EnsembleBlockElbo(model.ensemble());
    while (elbo.width() == 1) {
      score();
    }
    int width = elbo.width();
    blocks = new double[OBSERVATIONS / width][width][];
    for (int i = 0; i < blocks.length * width; i++) {
      blocks[i / width][i % width] = observations[i];
    }
  }

  /** As the detector scores what it has polled together: a block along with its first record. */
  @Benchmark
  public double scoreInBlock() {
    double[][] block = blocks[nextBlock];
    if (lane == 0) {
      elbo.evaluate(block, block.length);
    }
    double score = elbo.negative(lane);
    if (++lane == block.length) {
      lane = 0;
      nextBlock = (nextBlock + 1) % blocks.length;
    }
    return score;
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
