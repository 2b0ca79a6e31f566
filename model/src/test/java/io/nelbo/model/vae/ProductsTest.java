package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsTest {
  private static final Products PLAIN = new PlainProducts();

  private static final Products VECTOR = Products.best();

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
    int padded = Products.padded(outputs);
    float[][] columns = new float[inputs][padded];
    double[][] wide = new double[inputs][padded];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        wide[i][j] = random.nextGaussian();
        columns[i][j] = (float) wide[i][j];
      }
    }
    float[] x1 = inputs(inputs, random);
    float[] x2 = inputs(inputs, random);
    float[] y1 = start(padded);
    float[] y2 = start(padded);
    float[] y = start(padded);
    double[] wideY = new double[padded];
    float[] expected1 = start(padded);
    float[] expected2 = start(padded);
    double[] wideExpected = new double[padded];

    PLAIN.add(columns, x1, expected1);
    PLAIN.add(columns, x2, expected2);
    PLAIN.add(wide, doubles(x1), wideExpected);
    VECTOR.add(columns, x1, y);
    VECTOR.add(columns, x1, y1, x2, y2);
    VECTOR.add(wide, doubles(x1), wideY);

    assertThat(y).containsExactly(expected1);
    assertThat(y1).containsExactly(expected1);
    assertThat(y2).containsExactly(expected2);
    assertThat(wideY).containsExactly(wideExpected);

    float[] pair1 = start(padded);
    float[] pair2 = start(padded);
    PLAIN.add(columns, x1, pair1, x2, pair2);
    assertThat(pair1).containsExactly(expected1);
    assertThat(pair2).containsExactly(expected2);
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
      x[j] = (j - 2048) * 0.0237;
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

  private static float[] start(int length) {
    float[] y = new float[length];
    for (int j = 0; j < length; j++) {
      y[j] = 0.25f * j;
    }
    return y;
  }

  private static float[] inputs(int count, Random random) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = i % 7 < 2 ? (float) random.nextGaussian() : 0;
    }
    return x;
  }

  private static double[] doubles(float[] x) {
    double[] wide = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      wide[i] = x[i];
    }
    return wide;
  }
}
