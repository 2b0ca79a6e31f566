package io.nelbo.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.Golden;
import io.nelbo.model.Models;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.vae.Ensemble;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerTest {
  private static final double[] CALIBRATION = {8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "mixed", "wide", "mixture-prior"})
  void contributionsAreTheReference(String name) {
    Golden golden = Golden.load(name);
    Scorer scorer = new Scorer(model(golden));

    for (Golden.Case reference : golden.cases()) {
      double score = scorer.score(reference.observation());

      double[] expected = reference.vector("contributions");
      // Float rounding of a record that is far out in everything, as for its nats.
      double scale = Math.max(1, 1e-4 * score);
      for (Contribution contribution : scorer.contributions(expected.length)) {
        double nats = expected[index(golden, contribution.feature())];
        assertThat(contribution.nats())
            .isCloseTo(nats, within(1e-5 * Math.max(scale, Math.abs(nats))));
      }
      double kl = reference.number("klContribution");
      assertThat(scorer.klContribution()).isCloseTo(kl, within(1e-5 * Math.max(1, Math.abs(kl))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "mixed", "wide", "mixture-prior"})
  void contributionsSumToTheScoreBesideTheBaselineOfWhatIsPresent(String name) {
    Golden golden = Golden.load(name);
    double[] baseline = golden.baseline();
    Scorer scorer = new Scorer(model(golden));

    for (Golden.Case reference : golden.cases()) {
      double[] observation = reference.observation();
      double score = scorer.score(observation);

      double sum = scorer.klContribution();
      for (Contribution contribution : scorer.contributions(Integer.MAX_VALUE)) {
        sum += contribution.nats();
      }
      double mean = baseline[observation.length];
      for (int j = 0; j < observation.length; j++) {
        mean += Double.isNaN(observation[j]) ? 0 : baseline[j];
      }
      assertThat(sum).isCloseTo(score - mean, within(1e-4));
      assertThat(scorer.reconstruction() + scorer.kl()).isCloseTo(score, within(1e-9 * score));
    }
  }

  @Test
  void contributionsOfAnEnsembleSumToTheScoreBesideTheBaseline() {
    TrainedModel model = Models.ensemble(5);
    Scorer scorer = new Scorer(model);
    double[] observation = {31, 990, 0, 3};

    double score = scorer.score(observation);

    double sum = scorer.klContribution();
    for (Contribution contribution : scorer.contributions(Integer.MAX_VALUE)) {
      sum += contribution.nats();
    }
    assertThat(sum).isCloseTo(score - Arrays.stream(model.baseline()).sum(), within(1e-4));
  }

  @Test
  void greatestContributionsComeFirstAndNoMoreThanAsked() {
    Golden golden = Golden.load("wide");
    Scorer scorer = new Scorer(model(golden));
    scorer.score(golden.cases().get(4).observation());

    List<Contribution> all = scorer.contributions(100);
    List<Contribution> top = scorer.contributions(3);

    assertThat(all)
        .hasSize(33)
        .isSortedAccordingTo(Comparator.comparingDouble(contribution -> -contribution.nats()));
    assertThat(top).isEqualTo(all.subList(0, 3));
    assertThat(scorer.contributions(0)).isEmpty();
  }

  @Test
  void sharesArePartsOfAllThatRaisesTheScore() {
    Golden golden = Golden.load("mixed");
    Scorer scorer = new Scorer(model(golden));
    scorer.score(golden.cases().get(0).observation());

    List<Contribution> contributions = scorer.contributions(5);

    double shares = 0;
    double positive = Math.max(0, scorer.klContribution());
    for (Contribution contribution : contributions) {
      shares += contribution.share();
      positive += Math.max(0, contribution.nats());
      assertThat(contribution.share()).isBetween(0.0, 1.0);
    }
    assertThat(shares)
        .isCloseTo(1 - Math.max(0, scorer.klContribution()) / positive, within(1e-12));
    assertThat(contributions.get(4).nats()).isNegative();
    assertThat(contributions.get(4).share()).isZero();
  }

  @Test
  void contributionTellsWhatWasObservedAndExpectedByKind() {
    Golden golden = Golden.load("mixed");
    Scorer scorer = new Scorer(model(golden));
    scorer.score(golden.cases().get(0).observation());

    Contribution amount = contribution(scorer, "amount");
    Contribution country = contribution(scorer, "country");
    Contribution online = contribution(scorer, "online");

    assertThat(amount.kind()).isEqualTo(FeatureKind.CONTINUOUS);
    assertThat(amount.observed()).isEqualTo(61.87380226216582);
    assertThat((double) amount.expected()).isCloseTo(39.6424529788721, within(1e-3));
    assertThat(amount.low()).isCloseTo(-130.91443129555708, within(2e-3));
    assertThat(amount.high()).isCloseTo(210.19933725330128, within(2e-3));
    assertThat(amount.probability()).isNaN();
    assertThat(country.observed()).isEqualTo("FR");
    assertThat(country.expected()).isEqualTo("FR");
    assertThat(country.probability()).isCloseTo(0.5539447245842475, within(1e-5));
    assertThat(country.low()).isNaN();
    assertThat(online.observed()).isEqualTo(true);
    assertThat(online.expected()).isEqualTo(false);
    assertThat(online.probability()).isCloseTo(1 - 0.48583634298236805, within(1e-5));
  }

  @Test
  void missingAndNeverSeenValuesAreSaidToBe() {
    Golden golden = Golden.load("mixed");
    Scorer scorer = new Scorer(model(golden));
    scorer.score(golden.cases().get(2).observation());

    assertThat(contribution(scorer, "country").observed()).isNull();
    assertThat(contribution(scorer, "country").nats()).isZero();
    assertThat(contribution(scorer, "online").observed()).isNull();
    assertThat(contribution(scorer, "channel").observed()).isEqualTo("OTHER");
  }

  @Test
  void pValueIsThatOfTheLastScore() {
    Golden golden = Golden.load("mixed");
    TrainedModel model = model(golden);
    Scorer scorer = new Scorer(model);

    double score = scorer.score(golden.cases().get(0).observation());

    assertThat(scorer.pValue()).isEqualTo(model.calibration().pValue(score)).isLessThan(1);
  }

  private static TrainedModel model(Golden golden) {
    double[] observation = golden.cases().get(0).observation();
    return new TrainedModel(
        Ensemble.of(golden.vae(), golden.noise()),
        golden.baseline(),
        Calibration.fit(CALIBRATION),
        observation,
        golden.cases().get(0).number("score2"));
  }

  private static int index(Golden golden, String feature) {
    String[] names =
        golden.vae().features().specs().stream().map(spec -> spec.name()).toArray(String[]::new);
    return Arrays.asList(names).indexOf(feature);
  }

  private static Contribution contribution(Scorer scorer, String feature) {
    return scorer.contributions(Integer.MAX_VALUE).stream()
        .filter(contribution -> contribution.feature().equals(feature))
        .findFirst()
        .orElseThrow();
  }
}
