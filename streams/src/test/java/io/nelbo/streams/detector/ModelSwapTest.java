package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.registry.RegistrySettings;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestRegistry;
import io.nelbo.streams.input.RegistrySchemas;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelSwapTest {
  private final DetectorDriver detector = new DetectorDriver(Map.of());

  @AfterEach
  void close() {
    detector.close();
  }

  @Test
  void newerModelIsInForceForTheNextRecord() {
    detector.publish(Pumps.version(1));
    detector.pipe(Pumps.outlier());

    detector.publish(Pumps.version("vae", 2, 9.1));
    detector.pipe(Pumps.outlier());

    List<Score> scores = detector.scores.readValuesToList();
    assertThat(scores).extracting(s -> s.getModel().getVersion()).containsExactly(1L, 2L);
    assertThat(scores.get(0).getPValue()).isLessThan(0.001);
    assertThat(scores.get(1).getPValue()).isGreaterThan(0.1);
    assertThat(detector.alerts.getQueueSize()).isEqualTo(1);
    assertThat(detector.model.swaps()).isEqualTo(2);
    assertThat(detector.count("model-swaps")).isEqualTo(2);
  }

  @Test
  void modelThatComesAgainChangesNothing() {
    detector.publish(Pumps.version(1));

    detector.publish(Pumps.version(1));

    assertThat(detector.model.swaps()).isEqualTo(1);
    assertThat(detector.model.refusals()).isZero();
  }

  @ParameterizedTest
  @MethodSource("badModels")
  void badModelIsRefusedAndTheOneInForceStays(byte[] bad) {
    detector.publish(Pumps.version(4));

    detector.publish(bad);
    detector.pipe(Pumps.outlier());

    Score score = detector.scores.readValue();
    assertThat(score.getModel().getVersion()).isEqualTo(4);
    assertThat(score.getModel().getSha256()).isEqualTo(Pumps.version(4).model().sha256());
    assertThat(detector.model.refusals()).isEqualTo(1);
    assertThat(detector.count("model-refusals")).isEqualTo(1);
  }

  static Stream<byte[]> badModels() {
    byte[] newer = Pumps.published(Pumps.version(5));
    byte[] flipped = newer.clone();
    flipped[flipped.length / 2] ^= 0x40;
    return Stream.of(
        Pumps.published(Pumps.version(3)),
        Pumps.published(Pumps.version("vae", 4, 9.1)),
        Pumps.published(Pumps.version("other", 5, 2.3)),
        flipped,
        Arrays.copyOf(newer, newer.length / 2),
        new byte[] {1, 2, 3},
        new byte[0]);
  }

  @Test
  void modelWhoseSchemaCannotBeAskedForIsRefused() {
    RegistrySettings away = TestRegistry.away(Duration.ofMillis(50));
    try (SchemaRegistry registry = new SchemaRegistry(away);
        DetectorDriver waiting = new DetectorDriver(Map.of(), new RegistrySchemas(registry))) {
      waiting.publish(Pumps.version(4));

      waiting.publish(new byte[] {0, 0, 0, 0, 7, 2});

      assertThat(waiting.model.version()).isEqualTo(4);
      assertThat(waiting.model.refusals()).isEqualTo(1);
      assertThat(waiting.model.nextRefusal()).asString().contains("did not answer within");
    }
  }

  @Test
  void refusalIsToldOnceAsAnEvent() {
    detector.publish(Pumps.version(4));
    detector.publish(Pumps.version(3));

    detector.topology.advanceWallClockTime(Duration.ofSeconds(3));

    List<ModelEvent> events = detector.modelEvents.readValuesToList();
    assertThat(events).extracting(ModelEvent::getKind).containsExactly(ModelEventKind.REFUSED);
    assertThat(events.get(0).getModel()).isEqualTo("vae");
    assertThat(events.get(0).getInForce()).isEqualTo(4);
    assertThat(events.get(0).getSentence())
        .matches(
            "detector .+ refused the model at offset 1 of pumps.models, version 4 stays in force: version 3 is older than version 4, which is in force");
  }

  @Test
  void keptVersionsAreNeitherPutInForceNorHeldInMemory() {
    detector.publish(Pumps.version(4));
    detector.keep(Pumps.version(3));
    detector.keep(Pumps.version(5));

    assertThat(detector.model.version()).isEqualTo(4);
    assertThat(detector.model.refusals()).isZero();
    assertThat(detector.topology.getKeyValueStore("models").approximateNumEntries()).isEqualTo(1);
  }

  @Test
  void deletedModelStaysInForce() {
    detector.publish(Pumps.version(1));

    detector.publish((byte @Nullable []) null);
    detector.pipe(Pumps.normal());

    assertThat(detector.scores.readValue().getModel().getVersion()).isEqualTo(1);
  }
}
