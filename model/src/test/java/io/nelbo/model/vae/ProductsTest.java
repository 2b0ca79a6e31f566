package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsTest {
  private static final Products PLAIN = new PlainProducts();

  private static final Products VECTOR = Products.of(1 << 16);
  private static final Products BLOCKS = Products.haveVectors() ? Products.ofBlocks() : PLAIN;

  /** The build runs these tests in a JVM of their own that has the module. */
  @BeforeAll
  static void requireTheModule() {
    assumeThat(ModuleLayer.boot().findModule("jdk.incubator.vector"))
        .as("the JVM is started with --add-modules jdk.incubator.vector")
        .isPresent();
  }

  @Test
  void vectorsAreChosenWhereTheModuleIs() {
    assertThat(VECTOR.getClass().getSimpleName()).isEqualTo("VectorProducts");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,16", "3,17", "4,63", "5,64", "31,65", "64,100", "101,128", "128,144"})
  void vectorsGiveTheBitsOfThePlainLoops(int inputs, int outputs) {
    Random random = new Random(31L * inputs + outputs);
    float[] rows = gaussians(outputs * inputs, random);
    float[] bias = gaussians(outputs, random);
    float[] x1 = inputs(inputs, random);
    float[] x2 = inputs(inputs, random);
    Dense plain = PLAIN.dense(rows, inputs, bias);
    Dense vector = VECTOR.dense(rows, inputs, bias);
    Dense.Outputs expected1 = plain.newOutputs();
    Dense.Outputs expected2 = plain.newOutputs();
    plain.apply(x1, expected1);
    plain.apply(x2, expected2);

    Dense.Outputs y = vector.newOutputs();
    vector.apply(x1, y);
    assertThat(y.values).containsExactly(expected1.values);
    for (Dense either : List.of(plain, vector)) {
      Dense.Outputs y1 = either.newOutputs();
      Dense.Outputs y2 = either.newOutputs();
      either.apply(x1, y1, x2, y2);
      assertThat(y1.values).containsExactly(expected1.values);
      assertThat(y2.values).containsExactly(expected2.values);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,16", "3,17", "4,63", "5,0", "31,65", "64,100"})
  void vectorPathsGiveTheBitsOfThePlainLoops(int inputs, int outputs) {
    Random random = new Random(37L * inputs + outputs);
    float[] rows = gaussians(outputs * inputs, random);
    double[] x = random.doubles(inputs, -3, 3).toArray();
    double[] expected = random.doubles(Products.padded(outputs)).toArray();
    double[] y = expected.clone();

    PLAIN.path(rows, inputs).add(x, expected);
    VECTOR.path(rows, inputs).add(x, y);

    assertThat(y).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,16", "3,17", "4,63", "5,64", "31,65", "64,100"})
  void everyLaneOfABlockHasTheBitsOfThePlainLoops(int inputs, int outputs) {
    Random random = new Random(41L * inputs + outputs);
    int width = BLOCKS.width();
    float[] rows = gaussians(outputs * inputs, random);
    float[] bias = gaussians(outputs, random);
    float[] x = gaussians(inputs * width, random);
    double[] wide = new double[inputs * width];
    Arrays.setAll(wide, i -> random.nextGaussian());
    double[] start = random.doubles(outputs).toArray();
    Dense block = BLOCKS.dense(rows, inputs, bias);
    Dense.Outputs y = block.newOutputs();
    block.apply(x, y);
    double[] sums = new double[Products.paddedDoubles(outputs) * width];
    for (int j = 0; j < outputs; j++) {
      Arrays.fill(sums, j * width, (j + 1) * width, start[j]);
    }
    BLOCKS.path(rows, inputs).add(wide, sums);

    for (int lane = 0; lane < width; lane++) {
      float[] laneOfX = new float[inputs];
      double[] laneOfWide = new double[inputs];
      for (int i = 0; i < inputs; i++) {
        laneOfX[i] = x[i * width + lane];
        laneOfWide[i] = wide[i * width + lane];
      }
      Dense plain = PLAIN.dense(rows, inputs, bias);
      Dense.Outputs expected = plain.newOutputs();
      plain.apply(laneOfX, expected);
      double[] expectedSums = start.clone();
      PLAIN.path(rows, inputs).add(laneOfWide, expectedSums);
      for (int j = 0; j < outputs; j++) {
        assertThat(y.values[j * width + lane]).isEqualTo(expected.values[j]);
        assertThat(sums[j * width + lane]).isEqualTo(expectedSums[j]);
      }
    }
  }

  @Test
  void activationsOfVectorsAreThoseOfOneValue() {
    float[] x = new float[4096];
    for (int j = 0; j < x.length; j++) {
      x[j] = (j - 2048) * 0.0137f;
    }
    x[0] = Float.MAX_VALUE;
    x[1] = -Float.MAX_VALUE;
    float[] plain = x.clone();
    float[] vector = x.clone();

    PLAIN.silu(plain);
    VECTOR.silu(vector);

    assertThat(vector).containsExactly(plain);
    assertThat(plain[3000]).isEqualTo(Silu.of(x[3000]));
  }

  @Test
  void exponentialsOfVectorsAreThoseOfOneValue() {
    double[] x = new double[4096];
    for (int j = 0; j < x.length; j++) {
      x[j] = (j - 2048) * 0.0195;
    }
    double[] plain = x.clone();
    double[] vector = x.clone();

    PLAIN.exp(plain);
    VECTOR.exp(vector);

    assertThat(vector).containsExactly(plain);
    assertThat(plain[3000]).isEqualTo(Exponential.of(x[3000]));
  }

  @Test
  void paddingIsTheNextMultiple() {
    assertThat(new int[] {Products.padded(0), Products.padded(1), Products.padded(32)})
        .containsExactly(0, 32, 32);
    assertThat(Products.padded(33)).isEqualTo(64);
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
