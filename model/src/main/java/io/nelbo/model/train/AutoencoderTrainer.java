package io.nelbo.model.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Trains a plain autoencoder: the VAE's network and schedule, without noise, KL and variances. It
 * is the VAE of which every decoder variance is 1, and its error the reconstruction at z = μ.
 */
public final class AutoencoderTrainer {
  /** What the network gives for a log-variance v = −6 + softplus(raw + 6) of 0. */
  private static final float RAW_VARIANCE_OF_ONE = (float) (Math.log(Math.expm1(6)) - 6);

  private AutoencoderTrainer() {}

  /**
   * Trains on all observations. One training at a time in a JVM: a second caller waits. The same
   * observations and configuration give the same weights, bit for bit, on a CPU.
   *
   * @throws TrainingException if training diverges, is cancelled or interrupted, or the device
   *     asked for is not there
   */
  public static Vae train(
      Features features, double[][] observations, TrainingConfig config, TrainingListener listener)
      throws TrainingException {
    return OneTraining.alone(() -> trainAlone(features, observations, config, listener));
  }

  private static Vae trainAlone(
      Features features, double[][] observations, TrainingConfig config, TrainingListener listener)
      throws TrainingException {
    SplittableRandom random = new SplittableRandom(config.seed());
    // The moments are those of the first rows, which must not be of one time only.
    double[][] rows = shuffled(observations, random.split());
    Engine engine = Torch.engine();
    Device device = Torch.device(engine, config.device());
    Shape shape = Shape.of(features);
    float[] weights = Initialization.of(shape, features, rows, random.split());
    fill(shape, Tensor.RAW_VARIANCE, weights, 0);
    fill(shape, Tensor.RAW_VARIANCE_BIAS, weights, RAW_VARIANCE_OF_ONE);
    Vae start =
        new Vae(
            features,
            ContinuousLikelihood.GAUSSIAN,
            1.0 / (rows.length + 1),
            Weights.of(shape, weights));
    int seed = random.nextInt();
    int steps = config.steps() > 0 ? config.steps() : Schedule.forRows(rows.length).steps();
    TrainingLoop loop = new TrainingLoop(engine, device, steps, config.timeBudget(), listener);
    return VaeTrainer.withWeights(
        start,
        loop.run(
            start,
            Objective.RECONSTRUCTION_ERROR,
            manager ->
                new Minibatches(manager, features, rows, config.batchSize(), shape.latent(), seed),
            new EarlyStop(start, new double[0][])));
  }

  private static double[][] shuffled(double[][] observations, SplittableRandom random) {
    int[] order = new int[observations.length];
    Arrays.setAll(order, i -> i);
    WindowSplit.shuffle(order, random);
    return Arrays.stream(order).mapToObj(i -> observations[i]).toArray(double[][]::new);
  }

  private static void fill(Shape shape, Tensor tensor, float[] weights, float value) {
    Arrays.fill(
        weights, Initialization.start(shape, tensor), Initialization.end(shape, tensor), value);
  }
}
