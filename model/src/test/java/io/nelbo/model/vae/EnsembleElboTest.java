package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleElboTest {
  private static final double[] OBSERVATION = {27, 2, 1};
  private static final Member PLAIN =
      new Member(Vaes.random(Vaes.mixed(), 2, 9, 5, 1), new float[] {0.5f, -1});
  private static final Member MIXTURE =
      new Member(Vaes.mixture(Vaes.mixed(), 6, 4, 2), new float[] {1, 0, -1, 0.5f, 2, -0.5f});

  @Test
  void oneMemberIsItsElboToTheBit() {
    EnsembleElbo ensemble = new EnsembleElbo(new Ensemble(List.of(MIXTURE)));
    Elbo elbo = elbo(MIXTURE);

    assertThat(ensemble.negative(OBSERVATION)).isEqualTo(elbo.negative(OBSERVATION));
    assertThat(ensemble.kl()).isEqualTo(elbo.kl());
    assertThat(ensemble.nats(1)).isEqualTo(elbo.nats(1));
  }

  @Test
  void partsAreTheMeansOfTheMembers() {
    EnsembleElbo ensemble = new EnsembleElbo(new Ensemble(List.of(PLAIN, MIXTURE)));
    Elbo first = elbo(PLAIN);
    Elbo second = elbo(MIXTURE);
    double expected = (first.negative(OBSERVATION) + second.negative(OBSERVATION)) / 2;

    double score = ensemble.negative(OBSERVATION);

    assertThat(score).isCloseTo(expected, within(1e-12 * expected));
    assertThat(ensemble.kl()).isCloseTo((first.kl() + second.kl()) / 2, within(1e-12));
    double nats = ensemble.kl();
    for (int j = 0; j < OBSERVATION.length; j++) {
      assertThat(ensemble.nats(j)).isCloseTo((first.nats(j) + second.nats(j)) / 2, within(1e-12));
      nats += ensemble.nats(j);
    }
    assertThat(score).isCloseTo(nats, within(1e-9));
  }

  @Test
  void expectationIsThatOfTheMixtureOfMembersAndSamples() {
    EnsembleElbo ensemble = new EnsembleElbo(new Ensemble(List.of(PLAIN, MIXTURE)));
    ensemble.negative(OBSERVATION);
    double mean = 0;
    double second = 0;
    double probability = 0;
    for (Member member : List.of(PLAIN, MIXTURE)) {
      Elbo elbo = elbo(member);
      elbo.negative(OBSERVATION);
      for (Conditional conditional : elbo.conditionals()) {
        mean += conditional.mean(0) / 4;
        second += (conditional.variance(0) + Math.pow(conditional.mean(0), 2)) / 4;
        probability += conditional.probability(1, 2) / 4;
      }
    }
    double deviation = Math.sqrt(second - mean * mean);

    assertThat(ensemble.expectation().mean(0)).isCloseTo(mean, within(1e-9));
    assertThat(ensemble.expectation().high(0)).isCloseTo(mean + 1.96 * deviation, within(1e-6));
    assertThat(ensemble.expectation().low(0)).isCloseTo(mean - 1.96 * deviation, within(1e-6));
    assertThat(ensemble.expectation().probability(1, 2)).isCloseTo(probability, within(1e-12));
  }

  @Test
  void scoringAllocatesNothing() {
    EnsembleElbo ensemble = new EnsembleElbo(new Ensemble(List.of(PLAIN, MIXTURE)));

    assertThat(Allocation.bytesOf(() -> ensemble.negative(OBSERVATION))).isZero();
  }

  @Test
  void reconstructionIsTheMeanAndEncodingThatOfTheFirstMember() {
    Autoencoder both = new Autoencoder(new Ensemble(List.of(PLAIN, MIXTURE)));
    Autoencoder first = new Autoencoder(new Ensemble(List.of(PLAIN)));
    Autoencoder second = new Autoencoder(new Ensemble(List.of(MIXTURE)));

    double[] expected = both.reconstruct(OBSERVATION);

    assertThat(both.encode(OBSERVATION)).isEqualTo(first.encode(OBSERVATION));
    for (int o = 0; o < expected.length; o++) {
      assertThat(expected[o])
          .isCloseTo(
              (first.reconstruct(OBSERVATION)[o] + second.reconstruct(OBSERVATION)[o]) / 2,
              within(1e-9));
    }
    assertThat(both.sample(100, 1)).hasDimensions(100, 3);
  }

  @Test
  void membersOfOtherFeaturesAreRefused() {
    Member other = new Member(Vaes.random(Vaes.continuous(3), 2, 9, 5, 1), new float[2]);
    Member silent = new Member(PLAIN.vae(), new float[0]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ensemble(List.of(PLAIN, other)))
        .withMessageContaining("must have the same features");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ensemble(List.of(PLAIN, silent)))
        .withMessageContaining("must all have noise");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ensemble(List.of()))
        .withMessageContaining("at least one member");
  }

  @Test
  void noiseIsEmptyOrOneALatent() {
    assertThat(new Member(PLAIN.vae(), new float[0]).noise()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Member(PLAIN.vae(), new float[3]))
        .withMessage("noise has 0 or 2 values, one a latent, was 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Member(PLAIN.vae(), new float[] {0, Float.NaN}))
        .withMessage("noise must be finite, was NaN");
  }

  private static Elbo elbo(Member member) {
    return new Elbo(member.vae(), member.noise());
  }
}
