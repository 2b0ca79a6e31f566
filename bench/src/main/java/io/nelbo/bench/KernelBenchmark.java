package io.nelbo.bench;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Elbo;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one score costs: encoder, decoder and likelihoods of the default network.
 *
 * <p>Run by {@code java -cp 'bench/target/lib/*:bench/target/classes' org.openjdk.jmh.Main
 * KernelBenchmark -prof gc} after {@code ./mvnw -DskipTests package}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final int OBSERVATIONS = 1024;

  @Param({"8", "32", "100"})
  int features;

  @Param({"0", "2"})
  int samples;

  private Elbo elbo;
  private double[][] observations;
  private int next;

  @Setup
  public void prepare() {
    Random random = new Random(1);
    List<FeatureSpec> specs = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      specs.add(FeatureSpec.continuous("x" + j, 0, 1, false));
    }
    Features fitted = Features.of(specs);
    Shape shape = Shape.of(fitted);
    float[] weights = new float[Weights.count(shape)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.1 * random.nextGaussian());
    }
    float[] noise = new float[samples == 0 ? 0 : shape.latent()];
    for (int l = 0; l < noise.length; l++) {
      noise[l] = (float) random.nextGaussian();
    }
    elbo =
        new Elbo(
            new Vae(fitted, ContinuousLikelihood.GAUSSIAN, 0.001, Weights.of(shape, weights)),
            noise);
    observations = new double[OBSERVATIONS][features];
    for (double[] observation : observations) {
      for (int j = 0; j < features; j++) {
        observation[j] = random.nextGaussian();
      }
    }
  }

  @Benchmark
  public double score() {
    return elbo.negative(observations[next++ & OBSERVATIONS - 1]);
  }
}
