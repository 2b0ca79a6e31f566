package io.nelbo.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelbo.model.Golden;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenElboTest {
  private static final double TOLERANCE = 1e-5;

  @BeforeAll
  static void scoreByTheFastestProducts() throws InterruptedException {
    Compilation.await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "mixed", "wide", "mixture-prior"})
  void scoresAtTheMeanAreTheReference(String name) {
    Golden golden = Golden.load(name);
    Elbo elbo = new Elbo(golden.vae(), new float[0]);

    for (Golden.Case reference : golden.cases()) {
      double score = elbo.negative(reference.observation());

      assertEach(elbo.mu(), reference.vector("mu"), "mu");
      assertEach(doubles(elbo.logVariance()), reference.vector("logVar"), "logVar");
      assertClose(elbo.kl(), reference.number("kl"), "kl");
      assertNats(elbo, reference.vector("featureNats0"));
      assertClose(score, reference.number("score0"), "score0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "mixed", "wide", "mixture-prior"})
  void scoresOfTheAntitheticPairAreTheReference(String name) {
    Golden golden = Golden.load(name);
    Elbo elbo = new Elbo(golden.vae(), golden.noise());

    for (Golden.Case reference : golden.cases()) {
      double score = elbo.negative(reference.observation());

      assertNats(elbo, reference.vector("featureNats2"));
      assertClose(score, reference.number("score2"), "score2");
      assertClose(elbo.reconstruction() + elbo.kl(), score, "the parts");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "mixed", "wide", "mixture-prior"})
  void expectationsAreTheReference(String name) {
    Golden golden = Golden.load(name);
    Elbo elbo = new Elbo(golden.vae(), golden.noise());

    for (Golden.Case reference : golden.cases()) {
      elbo.negative(reference.observation());

      for (int j = 0; j < golden.vae().features().count(); j++) {
        assertExpectation(elbo.expectation(), j, reference.expected(j));
      }
    }
  }

  private static void assertExpectation(Expectation actual, int feature, JsonNode expected) {
    if (expected.has("expected")) {
      assertClose(actual.mean(feature), expected.get("expected").asDouble(), "expected");
      // An end near 0 of a wide interval is a difference of two large values.
      double width = expected.get("high").asDouble() - expected.get("low").asDouble();
      assertThat(actual.low(feature))
          .isCloseTo(expected.get("low").asDouble(), within(TOLERANCE * width));
      assertThat(actual.high(feature))
          .isCloseTo(expected.get("high").asDouble(), within(TOLERANCE * width));
    } else if (expected.has("probabilityTrue")) {
      assertClose(
          actual.probability(feature, 1), expected.get("probabilityTrue").asDouble(), "true");
    } else {
      for (int code = 0; code < expected.get("probabilities").size(); code++) {
        assertClose(
            actual.probability(feature, code),
            expected.get("probabilities").get(code).asDouble(),
            "code " + code);
      }
    }
  }

  private static void assertNats(Elbo elbo, double[] expected) {
    for (int j = 0; j < expected.length; j++) {
      assertClose(elbo.nats(j), expected[j], "nats of feature " + j);
    }
  }

  private static void assertEach(double[] actual, double[] expected, String what) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertClose(actual[i], expected[i], what + " " + i);
    }
  }

  /** Relative to the value, or to 1 nat where the value is smaller: nats are differences. */
  private static void assertClose(double actual, double expected, String what) {
    assertThat(actual)
        .as(what)
        .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
