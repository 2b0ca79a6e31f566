package io.nelbo.model.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Trains the VAEs of a model, one after the other, within one time budget. NOT thread safe. */
final class MemberTraining {
  private final Features features;
  private final double[][] trained;
  private final double[][] heldOut;
  private final TrainingConfig config;
  private final TrainingListener listener;
  private final Engine engine;
  private final Device device;
  private final int steps;
  private int stepsTaken;

  MemberTraining(
      Features features,
      double[][] trained,
      double[][] heldOut,
      TrainingConfig config,
      TrainingListener listener)
      throws TrainingException {
    this.features = features;
    this.trained = trained;
    this.heldOut = heldOut;
    this.config = config;
    this.listener = listener;
    engine = Torch.engine();
    device = Torch.device(engine, config.device());
    steps = config.steps() > 0 ? config.steps() : Schedule.forRows(trained.length).steps();
  }

  Device device() {
    return device;
  }

  /** The steps that all members took together. */
  int stepsTaken() {
    return stepsTaken;
  }

  Ensemble run(SplittableRandom random) throws TrainingException {
    long begun = System.nanoTime();
    List<Architecture> architectures = config.profile().members();
    List<Member> members = new ArrayList<>();
    for (Architecture architecture : architectures) {
      int left = architectures.size() - members.size();
      Duration spent = Duration.ofNanos(System.nanoTime() - begun);
      Duration budget = config.timeBudget().minus(spent).dividedBy(left);
      members.add(train(architecture, members.size(), budget, random));
    }
    return new Ensemble(members);
  }

  private Member train(
      Architecture architecture, int index, Duration budget, SplittableRandom random)
      throws TrainingException {
    Shape shape = architecture.shape(features);
    SplittableRandom initial = random.split();
    float[] warm = WarmStart.of(config.start(), index, shape, features);
    float[] weights = warm == null ? Initialization.of(shape, features, trained, initial) : warm;
    Vae start =
        new Vae(
            features, config.likelihood(), 1.0 / (trained.length + 1), Weights.of(shape, weights));
    int seed = random.nextInt();
    int before = index * steps;
    int all = config.profile().members().size() * steps;
    TrainingLoop loop =
        new TrainingLoop(
            engine,
            device,
            steps,
            budget,
            (step, of, loss) -> listener.onProgress(before + step, all, loss));
    float[] end =
        loop.run(
            start,
            Objective.NEGATIVE_ELBO,
            manager ->
                new Minibatches(
                    manager, features, trained, config.batchSize(), shape.latent(), seed),
            new EarlyStop(start, heldOut));
    stepsTaken += loop.stepsTaken();
    return new Member(VaeTrainer.withWeights(start, end), noise(shape.latent(), random.split()));
  }

  private float[] noise(int latent, SplittableRandom random) {
    float[] noise = new float[config.samples() == 0 ? 0 : latent];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }
}
