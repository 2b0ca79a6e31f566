package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Elbo;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final Features FEATURES = Features.of(features(12));
  private static final double[][] ROWS = rows(100);

  @Test
  void headsOfANetworkAloneStartLargerThanBesideLinearPaths() {
    Weights factor = start(Architecture.FACTOR);
    Weights alone = start(Architecture.NETWORK);

    for (Tensor head :
        List.of(Tensor.MU, Tensor.LOG_VARIANCE, Tensor.LOCATION, Tensor.RAW_VARIANCE)) {
      assertThat(deviation(alone.tensor(head)) / deviation(factor.tensor(head)))
          .as("%s", head)
          .isCloseTo(20, within(0.5));
    }
    assertThat(deviation(alone.tensor(Tensor.LOCATION)))
        .isCloseTo(0.5 * 1.4 / Math.sqrt(128), within(0.005));
    assertThat(alone.tensor(Tensor.MU_LINEAR)).isEmpty();
    assertThat(alone.tensor(Tensor.RAW_VARIANCE_BIAS)).containsOnly(0);
    assertThat(factor.tensor(Tensor.MU_LINEAR)).hasSize(6 * 12);
  }

  /** With C the covariance of the inputs: C w = λ w for each column w of W, and so on. */
  @Test
  void linearPathsStartAsProbabilisticPca() {
    Weights start = start(Architecture.FACTOR);
    double[][] w = matrix(start.tensor(Tensor.LOCATION_LINEAR), 12, 6);
    double[][] a = matrix(start.tensor(Tensor.MU_LINEAR), 6, 12);
    InputMoments moments = InputMoments.of(FEATURES, ROWS);
    double[][] c = moments.covariance();

    double explained = 0;
    double s2 = 0;
    for (int l = 0; l < 6; l++) {
      double lambda = 0;
      double length = 0;
      for (int i = 0; i < 12; i++) {
        for (int k = 0; k < 12; k++) {
          lambda += w[i][l] * c[i][k] * w[k][l];
        }
        length += w[i][l] * w[i][l];
      }
      lambda /= length;
      explained += lambda;
      s2 = lambda * Math.exp(start.tensor(Tensor.LOG_VARIANCE_BIAS)[l]);
      assertThat(length).isCloseTo(lambda - s2, within(1e-4 * lambda));
      double bias = 0;
      for (int i = 0; i < 12; i++) {
        assertThat(a[l][i]).isCloseTo(w[i][l] / lambda, within(1e-4));
        bias -= a[l][i] * moments.mean()[i];
      }
      assertThat(start.tensor(Tensor.MU_BIAS)[l]).isCloseTo((float) bias, within(1e-4f));
    }
    double total = 0;
    for (int i = 0; i < 12; i++) {
      total += c[i][i];
      assertThat(start.tensor(Tensor.LOCATION_BIAS)[i])
          .isCloseTo((float) moments.mean()[i], within(1e-5f));
    }
    assertThat(s2).isCloseTo((total - explained) / 6, within(1e-3));
    for (int j = 0; j < 12; j++) {
      double v = -6 + Math.log1p(Math.exp(start.tensor(Tensor.RAW_VARIANCE_BIAS)[j] + 6));
      assertThat(Math.exp(v)).isCloseTo(left(j, w, a, c) + noise(j, w, start), within(1e-3));
    }
  }

  /** What (I − W A) x has of the variance of input j. */
  private static double left(int j, double[][] w, double[][] a, double[][] c) {
    double[] row = new double[12];
    for (int i = 0; i < 12; i++) {
      row[i] = i == j ? 1 : 0;
      for (int l = 0; l < 6; l++) {
        row[i] -= w[j][l] * a[l][i];
      }
    }
    double variance = 0;
    for (int i = 0; i < 12; i++) {
      for (int k = 0; k < 12; k++) {
        variance += row[i] * c[i][k] * row[k];
      }
    }
    return variance;
  }

  private static double noise(int j, double[][] w, Weights start) {
    double variance = 0;
    for (int l = 0; l < 6; l++) {
      variance += w[j][l] * w[j][l] * Math.exp(start.tensor(Tensor.LOG_VARIANCE_BIAS)[l]);
    }
    return variance;
  }

  private static double[][] matrix(float[] flat, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < flat.length; i++) {
      matrix[i / columns][i % columns] = flat[i];
    }
    return matrix;
  }

  @Test
  void mixtureStartsWhereTheEncoderPutsRows() {
    Weights weights = start(Architecture.MIXTURE);
    Vae vae = new Vae(FEATURES, ContinuousLikelihood.GAUSSIAN, 0.5, weights);
    Elbo elbo = new Elbo(vae, new float[0]);
    float[] means = weights.tensor(Tensor.PRIOR_MEANS);

    assertThat(weights.tensor(Tensor.PRIOR_LOGITS)).hasSize(64).containsOnly(0);
    assertThat(weights.tensor(Tensor.PRIOR_LOG_VARIANCES))
        .containsOnly((float) (2 * Math.log(0.7)));
    boolean clipped = false;
    for (int c = 0; c < 64; c++) {
      elbo.negative(ROWS[c]);
      for (int l = 0; l < 12; l++) {
        double mu = elbo.mu()[l];
        clipped |= Math.abs(mu) > 3;
        assertThat(means[c * 12 + l]).isEqualTo((float) Math.max(-3, Math.min(3, mu)));
      }
    }
    assertThat(clipped).isTrue();
  }

  private static Weights start(Architecture architecture) {
    Shape shape = architecture.shape(FEATURES);
    return Weights.of(shape, Initialization.of(shape, FEATURES, ROWS, new SplittableRandom(1)));
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value / values.length;
    }
    return Math.sqrt(squares);
  }

  private static List<FeatureSpec> features(int count) {
    List<FeatureSpec> specs = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      specs.add(FeatureSpec.continuous("x" + j, 0, 1, false));
    }
    return specs;
  }

  /** One row in ten is far out. */
  private static double[][] rows(int count) {
    SplittableRandom random = new SplittableRandom(2);
    double[][] rows = new double[count][12];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 12; j++) {
        rows[i][j] = random.nextGaussian() * (i % 10 == 0 ? 9 : 1);
      }
    }
    return rows;
  }
}
