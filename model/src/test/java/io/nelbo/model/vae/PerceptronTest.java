package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptronTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 129})
  void isItsLayersOneAfterTheOtherAtEveryWidth(int inputs) {
    Random random = new Random(inputs);
    Affine layer1 = layer(inputs, 6, random);
    Affine layer2 = layer(6, inputs, random);
    Affine layer3 = layer(inputs, 3, random);
    float[] x = new float[inputs];
    for (int i = 0; i < inputs; i++) {
      x[i] = i % 5 == 0 ? 0 : (i - 2.5f) / inputs;
    }
    Perceptron.Evaluation evaluation =
        Products.of(3 * 160 * 160).perceptron(layer1, layer2, layer3).newEvaluation(new Room());

    evaluation.evaluate(x);

    double[] wide = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      wide[i] = x[i];
    }
    double[] expected = affine(layer3, silu(affine(layer2, silu(affine(layer1, wide)))));
    for (int j = 0; j < expected.length; j++) {
      assertThat((double) evaluation.first[j])
          .isCloseTo(expected[j], within(1e-6 * inputs * inputs));
    }
  }

  private static double[] affine(Affine layer, double[] x) {
    double[] y = new double[layer.bias.length];
    for (int j = 0; j < y.length; j++) {
      y[j] = layer.bias[j];
      for (int i = 0; i < x.length; i++) {
        y[j] += layer.rows[j * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] silu(double[] x) {
    double[] y = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      y[j] = x[j] / (1 + Math.exp(-x[j]));
    }
    return y;
  }

  private static Affine layer(int inputs, int outputs, Random random) {
    float[] rows = new float[inputs * outputs];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    float[] bias = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      bias[i] = (float) random.nextGaussian();
    }
    return new Affine(rows, inputs, bias);
  }
}
