package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs in a JVM that has the Vector API and in one that has not. */
class EnsembleBlockElboTest {
  @BeforeAll
  static void awaitTheFastestProducts() throws InterruptedException {
    Compilation.await();
  }

  @Test
  void blocksAreAsWideAsTheFastestProductsAre() {
    Ensemble ensemble = Ensemble.of(Vaes.random(Vaes.mixed(), 2, 9, 5, 1), new float[2]);

    int width = new EnsembleBlockElbo(ensemble).width();

    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(width).isEqualTo(vectors ? 32 : 384);
  }

  @ParameterizedTest
  @CsvSource({"1,2,1,1", "3,2,129,63", "5,3,7,2", "31,15,33,65", "32,16,128,64", "70,35,128,64"})
  void everyLaneHasTheBitsOfItsObservationAlone(
      int features, int latent, int hidden1, int hidden2) {
    Random random = new Random(features);
    Vae vae = Vaes.random(Vaes.continuous(features), latent, hidden1, hidden2, features);

    assertSameBits(Ensemble.of(vae, new float[0]), random);
    assertSameBits(Ensemble.of(vae, gaussians(latent, random)), random);
  }

  @ParameterizedTest
  @EnumSource
  void mixedFeaturesAndMixturePriorsHaveThemToo(ContinuousLikelihood likelihood) {
    Random random = new Random(3);
    List<FeatureSpec> specs = new ArrayList<>(Vaes.mixed());
    specs.add(FeatureSpec.continuous("duration", 1, 2, true));
    List<Member> members = new ArrayList<>();
    for (Vae vae : List.of(Vaes.random(specs, 3, 9, 5, 1), Vaes.mixture(specs, 6, 4, 2))) {
      members.add(
          new Member(
              new Vae(vae.features(), likelihood, vae.discreteFloor(), vae.weights()),
              gaussians(vae.shape().latent(), random)));
    }

    assertSameBits(new Ensemble(members), random);
  }

  @Test
  void onlyDiscreteFeaturesHaveThemToo() {
    Random random = new Random(4);
    List<FeatureSpec> specs =
        List.of(
            FeatureSpec.categorical("country", List.of("DE", "FR", "US", "IT"), true),
            FeatureSpec.binary("online", true));

    assertSameBits(Ensemble.of(Vaes.random(specs, 3, 9, 5, 5), gaussians(3, random)), random);
  }

  @Test
  void whatOneBlockLacksTheNextHas() {
    Random random = new Random(6);
    Ensemble ensemble =
        Ensemble.of(Vaes.random(Vaes.continuous(5), 3, 9, 5, 8), gaussians(3, random));
    EnsembleBlockElbo block = new EnsembleBlockElbo(ensemble);
    EnsembleElbo single = new EnsembleElbo(ensemble);
    int width = block.width();
    double[][] whole = new double[width][];
    Arrays.setAll(whole, i -> ordinary(ensemble, random));
    double[][] lacking = new double[width][];
    Arrays.setAll(lacking, i -> ordinary(ensemble, random));
    for (double[] observation : lacking) {
      observation[random.nextInt(5)] = Double.NaN;
    }

    for (int count : new int[] {width, width / 2 + 1}) {
      assertSameBits(block, single, whole, width);
      assertSameBits(block, single, lacking, count);
      assertSameBits(block, single, whole, width);
    }
  }

  private static double[] ordinary(Ensemble ensemble, Random random) {
    return ensemble.features().specs().stream()
        .mapToDouble(spec -> spec.mean() + spec.scale() * random.nextGaussian())
        .toArray();
  }

  @Test
  void evaluatingABlockAllocatesNothing() {
    Ensemble ensemble = Ensemble.of(Vaes.random(Vaes.mixed(), 3, 33, 17, 7), new float[3]);
    EnsembleBlockElbo block = new EnsembleBlockElbo(ensemble);
    double[][] observations = new double[block.width()][3];

    long bytes = Allocation.bytesOf(() -> block.evaluate(observations, observations.length));

    assertThat(bytes).as("bytes a block").isZero();
  }

  private static void assertSameBits(Ensemble ensemble, Random random) {
    EnsembleBlockElbo block = new EnsembleBlockElbo(ensemble);
    EnsembleElbo single = new EnsembleElbo(ensemble);
    int width = block.width();
    for (int count : new int[] {width, 1, width / 2, width / 2 + 1, width}) {
      assertSameBits(block, single, observations(ensemble, width, random), count);
    }
  }

  private static void assertSameBits(
      EnsembleBlockElbo block, EnsembleElbo single, double[][] observations, int count) {
    block.evaluate(observations, count);
    for (int i = 0; i < count; i++) {
      assertThat(block.negative(i)).isEqualTo(single.negative(observations[i])).isFinite();
      assertThat(block.reconstruction(i)).isEqualTo(single.reconstruction());
      assertThat(block.kl(i)).isEqualTo(single.kl());
    }
  }

  /** Of these some have missing values, and some are far beyond what variances can hold. */
  private static double[][] observations(Ensemble ensemble, int count, Random random) {
    List<FeatureSpec> specs = ensemble.features().specs();
    double[][] observations = new double[count][specs.size()];
    for (int i = 0; i < count; i++) {
      double spread = i % 5 == 4 ? 1e300 : Math.pow(10, i % 5);
      for (int j = 0; j < specs.size(); j++) {
        FeatureSpec spec = specs.get(j);
        boolean missing = random.nextInt(6) == 0;
        observations[i][j] =
            missing
                ? Double.NaN
                : switch (spec.kind()) {
                  case CONTINUOUS -> spec.mean() + spread * random.nextGaussian();
                  case BINARY -> random.nextInt(2);
                  case CATEGORICAL -> random.nextInt(spec.width());
                };
      }
    }
    return observations;
  }

  private static float[] gaussians(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
