package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.ModelCodec;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VaeTrainerTest {
  @Test
  void reportsWhatItDid() throws TrainingException {
    TrainingConfig config = Windows.quick(40).withSeed(3);

    Trained trained = Windows.train(Windows.linear(1000, 1), config);

    assertThat(trained.report().records()).isEqualTo(1000);
    assertThat(trained.report().trained()).isEqualTo(667);
    assertThat(trained.report().calibrated()).isEqualTo(333);
    assertThat(trained.model().calibration().size()).isEqualTo(333);
    assertThat(trained.report().steps()).isEqualTo(40);
    assertThat(trained.report().seed()).isEqualTo(3);
    assertThat(trained.report().device()).isEqualTo("cpu");
    assertThat(trained.report().windowFrom()).isEqualTo(Windows.FROM);
    assertThat(trained.report().windowTo()).isEqualTo(Windows.TO);
  }

  @Test
  void sameWindowAndSeedGiveTheSameBytes() throws TrainingException {
    Observations window = Windows.mixed(600, 0.1, 2);

    Trained first = Windows.train(window, Windows.quick(60));
    Trained second = Windows.train(window, Windows.quick(60));
    TrainedModel other = Windows.train(window, Windows.quick(60).withSeed(1)).model();

    assertThat(ModelCodec.encode(second.model())).isEqualTo(ModelCodec.encode(first.model()));
    assertThat(second.model().features().specs()).isEqualTo(first.model().features().specs());
    assertThat(second.report())
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(first.report());
    assertThat(ModelCodec.encode(other)).isNotEqualTo(ModelCodec.encode(first.model()));
  }

  @Test
  void warmStartGoesOnWhereTheEarlierModelEnded() throws TrainingException {
    Observations window = curved(2000);
    TrainedModel earlier = Windows.train(window, Windows.quick(300)).model();
    TrainingConfig few = Windows.quick(60);

    double fresh = Windows.train(window, few).report().validationElbo();
    double warm =
        Windows.train(window, few.withStart(earlier.ensemble())).report().validationElbo();

    assertThat(warm).isGreaterThan(fresh);
  }

  @Test
  void warmStartFromOtherFeaturesOrAnotherShapeIsAFreshOne() throws TrainingException {
    Observations window = Windows.mixed(600, 0.1, 2);
    Ensemble otherFeatures = Windows.train(curved(300), Windows.quick(1)).model().ensemble();
    Ensemble otherShape =
        new Ensemble(
            Windows.train(window, Windows.quick(1).withProfile(Profile.ACCURATE))
                .model()
                .ensemble()
                .members()
                .subList(1, 2));
    byte[] fresh = ModelCodec.encode(Windows.train(window, Windows.quick(5)).model());

    for (Ensemble earlier : List.of(otherFeatures, otherShape)) {
      TrainedModel model = Windows.train(window, Windows.quick(5).withStart(earlier)).model();

      assertThat(ModelCodec.encode(model)).isEqualTo(fresh);
    }
  }

  @Test
  void accurateIsThreeMembersOfTheSameBytesForTheSameSeed() throws TrainingException {
    Observations window = Windows.mixed(300, 0.1, 12);
    TrainingConfig config = Windows.quick(20).withProfile(Profile.ACCURATE);
    List<Integer> steps = new ArrayList<>();

    Trained first =
        VaeTrainer.train(
            window,
            Windows.FROM,
            Windows.TO,
            config,
            (step, of, loss) -> steps.add(step) && of == 60);
    TrainedModel second = Windows.train(window, config).model();

    assertThat(ModelCodec.encode(second)).isEqualTo(ModelCodec.encode(first.model()));
    assertThat(first.report().steps()).isEqualTo(60);
    assertThat(steps).isSorted().endsWith(60);
    assertThat(first.model().ensemble().members())
        .extracting(member -> member.vae().shape().linear())
        .containsExactly(true, false, false);
    assertThat(first.model().ensemble().members())
        .extracting(member -> member.vae().shape().components())
        .containsExactly(0, 0, 64);
    int outputs = first.model().features().outputs();
    assertThat(first.model().ensemble().members())
        .extracting(member -> member.vae().shape().latent())
        .containsExactly(outputs / 2, outputs / 2, outputs);
  }

  @Test
  void timeBudgetIsSharedByTheMembers() throws TrainingException {
    TrainingConfig config =
        Windows.quick(1_000_000)
            .withProfile(Profile.ACCURATE)
            .withTimeBudget(Duration.ofMillis(600));

    Trained trained = Windows.train(Windows.linear(500, 7), config);

    assertThat(trained.report().seconds()).isLessThan(30);
    assertThat(trained.model().ensemble().members()).hasSize(3);
  }

  @Test
  void trainingImprovesOnTheLinearStartWhereTheWorldIsNotLinear() throws TrainingException {
    Observations window = curved(2000);

    double start = Windows.train(window, Windows.quick(1)).report().validationElbo();
    double trained = Windows.train(window, Windows.quick(300)).report().validationElbo();

    assertThat(trained).isGreaterThan(start + 0.5);
  }

  @Test
  void aBrokenCorrelationIsRareThoughEachNumberIsOrdinary() throws TrainingException {
    Scorer scorer = new Scorer(Windows.train(Windows.linear(2000, 5), Windows.quick(300)).model());

    // a and b fall together by one factor; here both are high by 1.5 deviations.
    scorer.score(new double[] {24.5, -0.25, 1000, 0.02});
    double broken = scorer.pValue();
    scorer.score(new double[] {24.5, -1.75, 1000, 0.02});
    double intact = scorer.pValue();

    assertThat(broken).isLessThan(0.001);
    assertThat(intact).isGreaterThan(0.05);
  }

  @Test
  void itsSelfTestHoldsAndItsBaselineIsTheMeanScore() throws TrainingException {
    TrainedModel model = Windows.train(Windows.mixed(400, 0.5, 6), Windows.quick(50)).model();

    assertThat(new Scorer(model).score(model.selfTest())).isEqualTo(model.selfTestScore());
    assertThat(only(model).noise()).hasSize(only(model).vae().shape().latent());
    assertThat(model.baseline()).hasSize(5).doesNotContain(Double.NaN);
  }

  @Test
  void stopsWithinTheTimeBudgetWithWhatItHas() throws TrainingException {
    TrainingConfig config = Windows.quick(1_000_000).withTimeBudget(Duration.ofMillis(200));

    Trained trained = Windows.train(Windows.linear(500, 7), config);

    assertThat(trained.report().steps()).isBetween(1, 100_000);
    assertThat(trained.report().validationElbo()).isFinite();
  }

  @Test
  void theListenerFollowsAndCancels() {
    List<Integer> steps = new ArrayList<>();

    assertThatThrownBy(
            () ->
                VaeTrainer.train(
                    Windows.linear(500, 8),
                    Windows.FROM,
                    Windows.TO,
                    Windows.quick(1000),
                    (step, of, loss) -> {
                      steps.add(step);
                      return step < 30;
                    }))
        .isInstanceOf(TrainingException.class)
        .hasMessage("training was cancelled at step 30 of 1000");
    assertThat(steps).containsExactly(10, 20, 30);
  }

  @Test
  void anInterruptCancelsAndStaysVisible() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Windows.train(Windows.linear(500, 8), Windows.quick(1000)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cancelled");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesAGpuThatIsNotThere() {
    assumeThat(Graphs.engine().getGpuCount()).as("GPUs of this machine").isZero();

    assertThatThrownBy(
            () ->
                Windows.train(
                    Windows.linear(500, 9), Windows.quick(10).withDevice(DeviceChoice.GPU)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("a GPU was asked for")
        .hasMessageContaining("sees none");
  }

  private static Member only(TrainedModel model) {
    assertThat(model.ensemble().members()).hasSize(1);
    return model.ensemble().members().get(0);
  }

  /** A bent curve in three dimensions: no factor model fits it. */
  private static Observations curved(int rows) {
    Observations window =
        new Observations(List.of(Windows.number("x"), Windows.number("y"), Windows.number("z")));
    SplittableRandom random = new SplittableRandom(10);
    for (int i = 0; i < rows; i++) {
      double t = random.nextDouble(-2, 2);
      window.add(
          new double[] {
            t + 0.05 * random.nextGaussian(),
            t * t + 0.05 * random.nextGaussian(),
            Math.sin(3 * t) + 0.05 * random.nextGaussian()
          });
    }
    return window;
  }
}
