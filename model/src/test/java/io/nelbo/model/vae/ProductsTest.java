package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in a JVM that has the Vector API and in one that has not. */
class ProductsTest {
  private static final boolean VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  private static final Products PLAIN = new PlainProducts();

  private static Products fastest() {
    return Products.of(1 << 17);
  }

  private static List<Products> blocks() {
    return List.of(new PlainBlocks(), Products.ofBlocks());
  }

  @Test
  void vectorsAreChosenWhereTheModuleIs() {
    assertThat(fastest().getClass().getSimpleName())
        .isEqualTo(VECTORS ? "VectorProducts" : "PlainProducts");
    assertThat(Products.ofBlocks().getClass().getSimpleName())
        .isEqualTo(VECTORS ? "VectorBlocks" : "PlainBlocks");
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "2,16,3,17", "4,63,5,64", "31,65,64,100", "101,128,7,9", "128,144,129,1"})
  void theFastestGiveTheBitsOfThePlainLoops(int inputs, int hidden1, int hidden2, int outputs) {
    Random random = new Random(31L * inputs + outputs);
    Affine[] layers = layers(random, inputs, hidden1, hidden2, outputs);
    float[] x1 = inputs(inputs, random);
    float[] x2 = inputs(inputs, random);
    Perceptron.Evaluation expected = evaluation(PLAIN, layers);
    expected.evaluate(x2);
    float[] y2 = expected.first.clone();
    expected.evaluate(x1);
    float[] y1 = expected.first;

    Perceptron.Evaluation fastest = evaluation(fastest(), layers);
    fastest.evaluate(x2);
    assertThat(fastest.first).containsExactly(y2);
    for (Products products : List.of(PLAIN, fastest())) {
      Perceptron.Evaluation both = evaluation(products, layers);
      both.evaluate(x1, x2);
      assertThat(both.first).containsExactly(y1);
      assertThat(both.second).containsExactly(y2);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,16", "3,17", "4,63", "5,0", "31,65", "64,100"})
  void theFastestPathsGiveTheBitsOfThePlainLoops(int inputs, int outputs) {
    Random random = new Random(37L * inputs + outputs);
    float[] rows = gaussians(outputs * inputs, random);
    double[] x = random.doubles(inputs, -3, 3).toArray();
    double[] expected = random.doubles(Products.padded(outputs)).toArray();
    double[] y = expected.clone();

    PLAIN.path(rows, inputs).add(x, expected, new Room());
    fastest().path(rows, inputs).add(x, y, new Room());

    assertThat(y).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "2,16,3,17", "4,63,5,64", "31,65,64,100", "101,128,7,9", "128,144,129,1"})
  void everyLaneOfABlockHasTheBitsOfThePlainLoops(
      int inputs, int hidden1, int hidden2, int outputs) {
    Random random = new Random(41L * inputs + outputs);
    Affine[] layers = layers(random, inputs, hidden1, hidden2, outputs);
    Perceptron.Evaluation expected = evaluation(PLAIN, layers);
    for (Products products : blocks()) {
      int width = products.width();
      float[] x1 = gaussians(inputs * width, random);
      float[] x2 = gaussians(inputs * width, random);
      Perceptron.Evaluation block = evaluation(products, layers);
      block.evaluate(x1);
      assertLanes(block.first, x1, expected, inputs, outputs, width);
      block.evaluate(x1, x2);
      assertLanes(block.first, x1, expected, inputs, outputs, width);
      assertLanes(block.second, x2, expected, inputs, outputs, width);
    }
  }

  private static void assertLanes(
      float[] y, float[] x, Perceptron.Evaluation expected, int inputs, int outputs, int width) {
    for (int lane = 0; lane < width; lane++) {
      float[] alone = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        alone[i] = x[i * width + lane];
      }
      expected.evaluate(alone);
      for (int j = 0; j < outputs; j++) {
        assertThat(y[j * width + lane]).isEqualTo(expected.first[j]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,16", "3,17", "4,63", "5,0", "31,65", "64,100"})
  void everyLaneOfABlocksPathHasThemToo(int inputs, int outputs) {
    Random random = new Random(43L * inputs + outputs);
    float[] rows = gaussians(outputs * inputs, random);
    double[] start = random.doubles(outputs).toArray();
    for (Products products : blocks()) {
      int width = products.width();
      double[] x = random.doubles((long) inputs * width, -3, 3).toArray();
      double[] sums = new double[Products.paddedDoubles(outputs) * width];
      for (int j = 0; j < outputs; j++) {
        Arrays.fill(sums, j * width, (j + 1) * width, start[j]);
      }
      products.path(rows, inputs).add(x, sums, new Room());

      for (int lane = 0; lane < width; lane++) {
        double[] alone = new double[inputs];
        for (int i = 0; i < inputs; i++) {
          alone[i] = x[i * width + lane];
        }
        double[] expected = start.clone();
        PLAIN.path(rows, inputs).add(alone, expected, new Room());
        for (int j = 0; j < outputs; j++) {
          assertThat(sums[j * width + lane]).isEqualTo(expected[j]);
        }
      }
    }
  }

  @Test
  void activationsAreThoseOfOneValue() {
    float[] x = new float[4096];
    for (int j = 0; j < x.length; j++) {
      x[j] = (j - 2048) * 0.0137f;
    }
    x[0] = Float.MAX_VALUE;
    x[1] = -Float.MAX_VALUE;
    float[] plain = x.clone();
    float[] fastest = x.clone();

    PLAIN.silu(plain);
    fastest().silu(fastest);

    assertThat(fastest).containsExactly(plain);
    assertThat(plain[3000]).isEqualTo(Silu.of(x[3000]));
  }

  @Test
  void exponentialsAreThoseOfOneValue() {
    double[] x = new double[4096];
    for (int j = 0; j < x.length; j++) {
      x[j] = (j - 2048) * 0.0195;
    }
    double[] plain = x.clone();
    double[] fastest = x.clone();

    PLAIN.exp(plain);
    fastest().exp(fastest);

    assertThat(fastest).containsExactly(plain);
    assertThat(plain[3000]).isEqualTo(Exponential.of(x[3000]));
  }

  @Test
  void paddingIsTheNextMultiple() {
    assertThat(new int[] {Products.padded(0), Products.padded(1), Products.padded(32)})
        .containsExactly(0, 32, 32);
    assertThat(Products.padded(33)).isEqualTo(64);
  }

  private static Affine[] layers(Random random, int... sizes) {
    Affine[] layers = new Affine[sizes.length - 1];
    for (int i = 0; i < layers.length; i++) {
      layers[i] =
          new Affine(
              gaussians(sizes[i] * sizes[i + 1], random),
              sizes[i],
              gaussians(sizes[i + 1], random));
    }
    return layers;
  }

  private static Perceptron.Evaluation evaluation(Products products, Affine[] layers) {
    return products.perceptron(layers[0], layers[1], layers[2]).newEvaluation(new Room());
  }

  private static float[] gaussians(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] inputs(int count, Random random) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = i % 7 < 2 ? (float) random.nextGaussian() : 0;
    }
    return x;
  }
}
