package io.nelbo.model.train;

import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.Shape;

/** The kinds of network that a model is made of. */
enum Architecture {
  /** Linear paths, which start as a factor model, and a network beside them. */
  FACTOR {
    @Override
    Shape shape(Features features) {
      return Shape.of(features);
    }
  },
  /** The network alone. */
  NETWORK {
    @Override
    Shape shape(Features features) {
      return networkAlone(features, Shape.of(features).latent(), 0);
    }
  },
  /** The network alone, with a latent for each output and a mixture prior. */
  MIXTURE {
    @Override
    Shape shape(Features features) {
      return networkAlone(features, Math.max(2, features.outputs()), COMPONENTS);
    }
  };

  private static final int COMPONENTS = 64;

  abstract Shape shape(Features features);

  private static Shape networkAlone(Features features, int latent, int components) {
    Shape shape = Shape.of(features);
    return new Shape(
        shape.inputs(),
        latent,
        shape.hidden1(),
        shape.hidden2(),
        shape.outputs(),
        shape.continuous(),
        false,
        components);
  }
}
