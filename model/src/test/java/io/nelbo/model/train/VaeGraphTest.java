package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.Golden;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Elbo;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaeGraphTest {
  @ParameterizedTest
  @ValueSource(strings = {"continuous", "mixed", "wide", "mixture-prior"})
  void agreesWithTheGoldenNumbers(String name) {
    Golden golden = Golden.load(name);
    float[] plus = golden.noise();
    float[] minus = new float[plus.length];
    for (int i = 0; i < plus.length; i++) {
      minus[i] = -plus[i];
    }

    for (Golden.Case record : golden.cases()) {
      double[] x = record.observation();
      Graphs.Evaluation atMean = Graphs.evaluate(golden.vae(), x, new float[plus.length]);
      double pair =
          (Graphs.evaluate(golden.vae(), x, plus).score()
                  + Graphs.evaluate(golden.vae(), x, minus).score())
              / 2;

      assertClose(atMean.mu(), record.vector("mu"));
      assertClose(atMean.logVariance(), record.vector("logVar"));
      assertClose(atMean.kl(), record.number("kl"));
      assertClose(atMean.score(), record.number("score0"));
      assertClose(pair, record.number("score2"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 2, 3, 1, true, 0, GAUSSIAN",
    "0, 1, 0, 2, 5, 3, false, 0, GAUSSIAN",
    "0, 0, 1, 2, 7, 2, true, 1, GAUSSIAN",
    "3, 0, 2, 1, 4, 4, false, 3, STUDENT_T",
    "17, 5, 3, 9, 31, 13, true, 0, GAUSSIAN",
    "33, 2, 1, 16, 128, 64, true, 5, STUDENT_T",
    "65, 0, 0, 65, 129, 63, false, 64, GAUSSIAN"
  })
  void agreesWithTheKernelThatScores(
      int numbers,
      int flags,
      int categories,
      int latent,
      int hidden1,
      int hidden2,
      boolean linear,
      int components,
      ContinuousLikelihood likelihood) {
    SplittableRandom random = new SplittableRandom(numbers + 100L * flags + hidden1);
    Features features = features(numbers, flags, categories);
    Shape shape =
        new Shape(
            features.inputs(),
            latent,
            hidden1,
            hidden2,
            features.outputs(),
            features.continuous(),
            linear,
            components);
    Vae vae = vae(features, shape, likelihood, random);
    Elbo elbo = new Elbo(vae, new float[0]);

    for (int i = 0; i < 20; i++) {
      double[] x = observation(vae.features(), random);
      Graphs.Evaluation evaluation = Graphs.evaluate(vae, x, new float[latent]);

      assertClose(evaluation.score(), elbo.negative(x));
      assertClose(evaluation.kl(), elbo.kl());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GAUSSIAN, true, 0",
    "STUDENT_T, true, 0",
    "GAUSSIAN, false, 0",
    "GAUSSIAN, true, 4",
    "STUDENT_T, false, 4"
  })
  void itsGradientIsThatOfFiniteDifferences(
      ContinuousLikelihood likelihood, boolean linear, int components) {
    SplittableRandom random = new SplittableRandom(7);
    Features features = features(4, 2, 2);
    Shape shape =
        new Shape(
            features.inputs(),
            3,
            9,
            5,
            features.outputs(),
            features.continuous(),
            linear,
            components);
    Vae vae = vae(features, shape, likelihood, random);
    BatchArrays arrays = new BatchArrays(vae.features(), 16, 3);
    for (int i = 0; i < arrays.rows(); i++) {
      Graphs.write(vae.features(), arrays, i, observation(vae.features(), random));
    }
    for (int i = 0; i < arrays.noise().length; i++) {
      arrays.noise()[i] = (float) random.nextGaussian();
    }
    float[] weights = vae.weights().flat().clone();

    assertSlopes(
        vae.shape(),
        weights,
        Graphs.gradient(vae, weights, arrays),
        w -> Graphs.loss(vae, w, arrays),
        tensor -> true);

    assertThat(Graphs.meanLoss(vae, weights, arrays))
        .isCloseTo((float) Graphs.loss(vae, weights, arrays), within(1e-4f));

    // A plain autoencoder's variances do not depend on anything.
    Arrays.fill(
        weights,
        Initialization.start(vae.shape(), Tensor.RAW_VARIANCE),
        Initialization.end(vae.shape(), Tensor.RAW_VARIANCE),
        0);
    assertSlopes(
        vae.shape(),
        weights,
        Graphs.errorGradient(vae, weights, arrays),
        w -> Graphs.error(vae, w, arrays),
        tensor -> tensor != Tensor.RAW_VARIANCE && tensor != Tensor.RAW_VARIANCE_BIAS);
  }

  private static void assertSlopes(
      Shape shape,
      float[] weights,
      float[] gradient,
      ToDoubleFunction<float[]> loss,
      Predicate<Tensor> hasSlope) {
    int start = 0;
    for (Tensor tensor : Tensor.values()) {
      int count = tensor.rows(shape) * tensor.columns(shape);
      float[] up = weights.clone();
      float[] down = weights.clone();
      double step = 4e-3;
      double expected = 0;
      // Along the gradient itself, where the slope is steepest beside the rounding of floats.
      double norm = Math.max(norm(gradient, start, count), 1e-12);
      for (int i = start; i < start + count; i++) {
        up[i] += (float) (step * gradient[i] / norm);
        down[i] -= (float) (step * gradient[i] / norm);
        expected += gradient[i] * gradient[i] / norm;
      }
      double slope = (loss.applyAsDouble(up) - loss.applyAsDouble(down)) / (2 * step);

      if (hasSlope.test(tensor)) {
        assertThat(slope).as("%s", tensor).isCloseTo(expected, within(0.01 * expected + 1e-3));
      } else {
        assertThat(norm(gradient, start, count)).as("%s", tensor).isZero();
      }
      start += count;
    }
  }

  private static double norm(float[] values, int start, int count) {
    double sum = 0;
    for (int i = start; i < start + count; i++) {
      sum += (double) values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  private static void assertClose(List<Double> actual, double[] expected) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertClose(actual.get(i), expected[i]);
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
  }

  /** Every third feature may be missing; vocabularies of 2, 3, 4 and so on. */
  private static Features features(int numbers, int flags, int categories) {
    List<FeatureSpec> specs = new ArrayList<>();
    for (int i = 0; i < Math.max(numbers, Math.max(flags, categories)); i++) {
      boolean mayBeMissing = i % 3 == 2;
      if (i < categories) {
        List<String> vocabulary = new ArrayList<>();
        for (int k = 0; k < i + 2; k++) {
          vocabulary.add("v" + k);
        }
        specs.add(FeatureSpec.categorical("c" + i, vocabulary, mayBeMissing));
      }
      if (i < numbers) {
        specs.add(FeatureSpec.continuous("n" + i, i, 1 + i, mayBeMissing));
      }
      if (i < flags) {
        specs.add(FeatureSpec.binary("b" + i, mayBeMissing));
      }
    }
    return Features.of(specs);
  }

  private static Vae vae(
      Features features, Shape shape, ContinuousLikelihood likelihood, SplittableRandom random) {
    float[] flat = new float[Weights.count(shape)];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) (0.2 * random.nextGaussian());
    }
    return new Vae(features, likelihood, 0.001, Weights.of(shape, flat));
  }

  private static double[] observation(Features features, SplittableRandom random) {
    double[] x = new double[features.count()];
    for (int j = 0; j < x.length; j++) {
      FeatureSpec spec = features.specs().get(j);
      x[j] =
          switch (spec.kind()) {
            case CONTINUOUS -> spec.mean() + spec.scale() * random.nextGaussian();
            case BINARY -> random.nextInt(2);
            case CATEGORICAL -> random.nextInt(spec.width());
          };
      if (spec.mayBeMissing() && random.nextInt(3) == 0) {
        x[j] = Double.NaN;
      }
    }
    return x;
  }
}
