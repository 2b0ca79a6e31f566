package io.nelbo.model.vae;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models made by hand. */
final class Vaes {
  private Vaes() {}

  /** A model with random weights of about the size that training gives. */
  static Vae random(List<FeatureSpec> specs, int latent, int hidden1, int hidden2, long seed) {
    Features features = Features.of(specs);
    return random(
        features,
        new Shape(
            features.inputs(), latent, hidden1, hidden2, features.outputs(), features.continuous()),
        seed);
  }

  /** A model of a network alone, with a mixture prior. */
  static Vae mixture(List<FeatureSpec> specs, int latent, int components, long seed) {
    Features features = Features.of(specs);
    return random(
        features,
        new Shape(
            features.inputs(),
            latent,
            9,
            7,
            features.outputs(),
            features.continuous(),
            false,
            components),
        seed);
  }

  private static Vae random(Features features, Shape shape, long seed) {
    Random random = new Random(seed);
    float[] flat = new float[Weights.count(shape)];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) (0.3 * random.nextGaussian());
    }
    return new Vae(features, ContinuousLikelihood.GAUSSIAN, 1e-3, Weights.of(shape, flat));
  }

  static List<FeatureSpec> continuous(int count) {
    List<FeatureSpec> specs = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      specs.add(FeatureSpec.continuous("x" + j, j, 1 + 0.5 * j, false));
    }
    return specs;
  }

  static List<FeatureSpec> mixed() {
    return List.of(
        FeatureSpec.continuous("amount", 20, 5, true),
        FeatureSpec.categorical("country", List.of("DE", "FR", "US"), true),
        FeatureSpec.binary("online", true));
  }

  /** A model whose network is the given tensors and zero elsewhere: linear, if no hidden layer. */
  static Vae linear(Features features, int latent, Map<Tensor, float[]> tensors) {
    return made(
        features,
        new Shape(features.inputs(), latent, 3, 2, features.outputs(), features.continuous()),
        tensors);
  }

  /** The same with a mixture prior. */
  static Vae linear(Features features, int latent, int components, Map<Tensor, float[]> tensors) {
    return made(
        features,
        new Shape(
            features.inputs(),
            latent,
            3,
            2,
            features.outputs(),
            features.continuous(),
            true,
            components),
        tensors);
  }

  private static Vae made(Features features, Shape shape, Map<Tensor, float[]> tensors) {
    float[] flat = new float[Weights.count(shape)];
    int at = 0;
    for (Tensor tensor : Tensor.values()) {
      int size = tensor.rows(shape) * tensor.columns(shape);
      if (tensors.containsKey(tensor)) {
        System.arraycopy(tensors.get(tensor), 0, flat, at, size);
      }
      at += size;
    }
    return new Vae(features, ContinuousLikelihood.GAUSSIAN, 1e-3, Weights.of(shape, flat));
  }
}
