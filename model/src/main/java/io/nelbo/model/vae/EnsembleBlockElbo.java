package io.nelbo.model.vae;

import java.util.Arrays;
import java.util.List;

/**
 * The negative ELBO of observations that are at hand together, to the bits that {@link
 * EnsembleElbo} gives of each: side by side where they fill a block by half, one by one otherwise.
 * A block is one of 32 with the Vector API, of 384 without. Holds scratch space; that made,
 * allocates nothing. NOT thread safe.
 */
public final class EnsembleBlockElbo {
  private final List<Member> members;
  private final boolean gaussian;
  private final EnsembleElbo single;
  private BlockElbo[] blocks = {}; // one a member, once needed; iterating a list may allocate
  private int width = 1;
  private double[] reconstructions = new double[1];
  private double[] kls = new double[1];

  public EnsembleBlockElbo(Ensemble ensemble) {
    members = ensemble.members();
    gaussian = members.get(0).vae().likelihood() == ContinuousLikelihood.GAUSSIAN;
    single = new EnsembleElbo(ensemble);
  }

  /**
   * Returns how many observations fill a block: 1 where one by one is the only way. Becomes more
   * once, when what it takes is compiled.
   */
  public int width() {
    if (width == 1 && gaussian && Compilation.isOver()) {
      width = members.get(0).vae().weights().blocks().products.width();
      reconstructions = new double[width];
      kls = new double[width];
    }
    return width;
  }

  /** Returns the negative ELBO of each observation in nats. */
  public static double[] negatives(Ensemble ensemble, double[][] observations) {
    EnsembleBlockElbo elbo = new EnsembleBlockElbo(ensemble);
    double[] negatives = new double[observations.length];
    for (int from = 0; from < negatives.length; ) {
      int count = Math.min(elbo.width(), negatives.length - from);
      elbo.evaluate(Arrays.copyOfRange(observations, from, from + count), count);
      for (int i = 0; i < count; i++) {
        negatives[from + i] = elbo.negative(i);
      }
      from += count;
    }
    return negatives;
  }

  /** Evaluates the first of the observations, at most {@link #width}. */
  public void evaluate(double[][] observations, int count) {
    if (width == 1 || 2 * count < width) {
      for (int i = 0; i < count; i++) {
        evaluateSingle(observations[i], i);
      }
      return;
    }
    if (blocks.length == 0) {
      blocks = members.stream().map(EnsembleBlockElbo::block).toArray(BlockElbo[]::new);
    }
    for (BlockElbo block : blocks) {
      block.evaluate(observations, count);
    }
    for (int i = 0; i < count; i++) {
      double reconstruction = 0;
      double kl = 0;
      for (BlockElbo block : blocks) {
        reconstruction += block.reconstruction(i);
        kl += block.kl(i);
      }
      reconstructions[i] = reconstruction / blocks.length;
      kls[i] = kl / blocks.length;
      if (Double.isNaN(reconstructions[i])) {
        evaluateSingle(observations[i], i);
      }
    }
  }

  private static BlockElbo block(Member member) {
    Vae vae = member.vae();
    return new BlockElbo(vae, member.noise(), vae.weights().blocks());
  }

  private void evaluateSingle(double[] observation, int i) {
    single.negative(observation);
    reconstructions[i] = single.reconstruction();
    kls[i] = single.kl();
  }

  /** The negative ELBO of an evaluated observation in nats; higher is more anomalous. */
  public double negative(int i) {
    return reconstructions[i] + kls[i];
  }

  /** The expected negative log-likelihood of an evaluated observation, in nats. */
  public double reconstruction(int i) {
    return reconstructions[i];
  }

  /** The KL divergence of an evaluated observation, or its bound, in nats. */
  public double kl(int i) {
    return kls[i];
  }
}
