package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 129})
  void isTheMatrixProductAtEveryWidth(int inputs) {
    Shape shape = new Shape(inputs, 1, 6, 1, 1, 1);
    Weights weights = random(shape);
    float[] x = new float[inputs];
    for (int i = 0; i < inputs; i++) {
      x[i] = i % 5 == 0 ? 0 : i - 2.5f;
    }
    Dense dense =
        Dense.of(Products.of(inputs * 32), weights, Tensor.ENCODER_1, Tensor.ENCODER_1_BIAS);
    Dense.Outputs y = dense.newOutputs();

    dense.apply(x, y);

    float[] matrix = weights.tensor(Tensor.ENCODER_1);
    float[] bias = weights.tensor(Tensor.ENCODER_1_BIAS);
    for (int row = 0; row < 6; row++) {
      double expected = bias[row];
      for (int i = 0; i < inputs; i++) {
        expected += (double) matrix[row * inputs + i] * x[i];
      }
      assertThat((double) y.values[row]).isCloseTo(expected, within(1e-6 * inputs * inputs));
    }
  }

  private static Weights random(Shape shape) {
    Random random = new Random(shape.inputs());
    float[] flat = new float[Weights.count(shape)];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) random.nextGaussian();
    }
    return Weights.of(shape, flat);
  }
}
