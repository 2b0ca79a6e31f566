package io.nelbo.model.vae;

import com.sun.management.ThreadMXBean;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Has the JIT compiler compile the fastest products, and those for blocks, before anything waits
 * for them.
 *
 * <p>Until then each operation of the Vector API makes an object: the first thousand records after
 * a start took 2.4 s, by plain products, which give the same bits, 0.2 s. And a block in plain Java
 * is too much to interpret while a record waits. So a thread of its own scores made-up observations
 * with the ones while all others still use the plain products for one observation.
 */
final class Compilation {
  private static final int FEATURES = 32;
  private static final int BATCH = 500;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** What a compiled call may allocate: none of its own, but the count is not exact to the byte. */
  private static final long COMPILED_BYTES = 1000;

  /** Calls in a row without objects, for compiled code may be thrown away once more. */
  private static final int COMPILED_CALLS = 8;

  private static final CountDownLatch OVER = new CountDownLatch(1);
  private static volatile boolean over;

  static {
    Thread thread = new Thread(Compilation::run, "nelbo-compilation");
    thread.setDaemon(true);
    thread.start();
  }

  private Compilation() {}

  /** Whether the fastest products are compiled. Starts to have them compiled at the first call. */
  static boolean isOver() {
    return over;
  }

  /** Waits until it is over. */
  static void await() throws InterruptedException {
    OVER.await();
  }

  private static void run() {
    try {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      Random random = new Random(1);
      Features features =
          Features.of(
              IntStream.range(0, FEATURES)
                  .mapToObj(j -> FeatureSpec.continuous("x" + j, 0, 1, false))
                  .toList());
      Shape shape = Shape.of(features);
      Weights weights = Weights.of(shape, gaussians(Weights.count(shape), random));
      Vae vae = new Vae(features, ContinuousLikelihood.GAUSSIAN, 0.001, weights);
      float[] noise = gaussians(shape.latent(), random);
      Elbo elbo = new Elbo(vae, noise, Network.fastest(weights));
      Network blocks = Network.blocks(weights);
      BlockElbo block = new BlockElbo(vae, noise, blocks);
      double[][] observations = new double[blocks.products.width()][FEATURES];
      for (double[] observation : observations) {
        Arrays.setAll(observation, j -> random.nextGaussian());
      }
      long begun = System.nanoTime();
      compile(
          threads,
          begun,
          () -> {
            for (int i = 0; i < BATCH; i++) {
              elbo.negative(observations[i % observations.length]);
            }
          });
      compile(
          threads,
          begun,
          () -> {
            for (int i = 0; i < BATCH; i += observations.length) {
              block.evaluate(observations, observations.length);
            }
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      OVER.countDown();
    }
  }

  private static void compile(ThreadMXBean threads, long begun, Runnable batch)
      throws InterruptedException {
    int compiled = 0;
    while (compiled < COMPILED_CALLS && System.nanoTime() - begun < LONGEST_NANOS) {
      long from = System.nanoTime();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      batch.run();
      compiled =
          threads.getCurrentThreadAllocatedBytes() - bytes > COMPILED_BYTES ? 0 : compiled + 1;
      if (compiled == 0) {
        // Half of the time is left to the compiler and the records.
        TimeUnit.NANOSECONDS.sleep(System.nanoTime() - from);
      }
    }
  }

  private static float[] gaussians(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.1 * random.nextGaussian());
    }
    return values;
  }
}
