package io.nelbo.model.vae;

/**
 * Layers one after the other, of which each takes two inputs at less than twice the cost of one.
 */
final class DensePerceptron extends Perceptron {
  private final Products products;
  private final Dense layer1;
  private final Dense layer2;
  private final Dense layer3;

  DensePerceptron(Products products, Dense layer1, Dense layer2, Dense layer3) {
    this.products = products;
    this.layer1 = layer1;
    this.layer2 = layer2;
    this.layer3 = layer3;
  }

  @Override
  Evaluation newEvaluation(Room room) {
    return new LayerByLayer(new Pass(), new Pass());
  }

  private final class Pass {
    final Dense.Outputs h1 = layer1.newOutputs();
    final Dense.Outputs h2 = layer2.newOutputs();
    final Dense.Outputs y = layer3.newOutputs();
  }

  private final class LayerByLayer extends Evaluation {
    private final Pass one;
    private final Pass other;

    LayerByLayer(Pass one, Pass other) {
      super(one.y.values, other.y.values);
      this.one = one;
      this.other = other;
    }

    @Override
    void evaluate(float[] x) {
      layer1.apply(x, one.h1);
      products.silu(one.h1.values);
      layer2.apply(one.h1.values, one.h2);
      products.silu(one.h2.values);
      layer3.apply(one.h2.values, one.y);
    }

    @Override
    void evaluate(float[] x1, float[] x2) {
      layer1.apply(x1, one.h1, x2, other.h1);
      products.silu(one.h1.values);
      products.silu(other.h1.values);
      layer2.apply(one.h1.values, one.h2, other.h1.values, other.h2);
      products.silu(one.h2.values);
      products.silu(other.h2.values);
      layer3.apply(one.h2.values, one.y, other.h2.values, other.y);
    }
  }
}
