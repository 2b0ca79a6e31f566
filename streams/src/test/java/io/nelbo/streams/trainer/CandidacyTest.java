package io.nelbo.streams.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a model that is first compared on live records. */
class CandidacyTest {
  private static final String KEY = "vae@candidate";

  @TempDir private Path state;
  private TrainerDriver trainer;

  @BeforeEach
  void publishTheFirstModelAndProposeTheSecond() {
    trainer =
        new TrainerDriver(state, Map.of("models.shadow", "true", "models.shadow.records", "1000"));
    trainer.feed(200, TrainerDriver.START);
    trainer.awaitEvent(ModelEventKind.PUBLISHED);
    trainer.feed(100, TrainerDriver.START.plus(Duration.ofMinutes(10)));
    trainer.drift();
    trainer.awaitEvent(ModelEventKind.PROPOSED);
  }

  @AfterEach
  void close() {
    trainer.close();
  }

  @Test
  void retrainedModelIsProposedAndNotYetInForce() {
    assertThat(trainer.last().getSentence())
        .startsWith("5.00 % of 1,000 records are flagged")
        .endsWith("; it is compared with version 1 on 1,000 live records first");
    assertThat(published(KEY).version()).isEqualTo(2);
    assertThat(trainer.current().version()).isEqualTo(1);
    assertThat(trainer.current().candidate())
        .isNotNull()
        .extracting(ModelVersion::version)
        .isEqualTo(2L);
  }

  @Test
  void candidateThatFlagsNoMoreComesInForceOnceEnoughAreCompared() {
    trainer.shadow(candidate(), 600, 24, 6);
    trainer.checks(3);
    long before = trainer.current().version();
    trainer.shadow(candidate(), 400, 16, 4);
    trainer.checks(1);

    ModelEvent published = trainer.last();

    assertThat(before).isEqualTo(1);
    assertThat(published.getKind()).isEqualTo(ModelEventKind.PUBLISHED);
    assertThat(published.getSentence())
        .startsWith("flags 1.00 % of 1,000 live records where version 1 flags 4.00 %, 25 %")
        .endsWith("-2.00 nats off on average");
    assertThat(published.getNumbers()).containsEntry("overlap", 0.25).containsKey("shift");
    assertThat(trainer.current().version()).isEqualTo(2);
    assertThat(trainer.compacted()).doesNotContainKey(KEY);
    assertThat(published("vae").report().reason())
        .contains("once more")
        .contains("; live it flags 1.00 %");
  }

  @Test
  void candidateThatFlagsMoreIsVetoedWithItsNumbers() {
    trainer.shadow(candidate(), 1_000, 10, 40);
    trainer.checks(1);

    ModelEvent vetoed = trainer.last();

    assertThat(vetoed.getKind()).isEqualTo(ModelEventKind.VETOED);
    assertThat(vetoed.getVersion()).isEqualTo(2);
    assertThat(vetoed.getSentence())
        .startsWith("flags 4.00 % of 1,000 live records where version 1 flags 1.00 %");
    assertThat(trainer.current().version()).isEqualTo(1);
    assertThat(trainer.current().candidate()).isNull();
    assertThat(trainer.compacted()).doesNotContainKey(KEY);
  }

  @Test
  void countsOfAnotherCandidateDoNotCount() {
    trainer.shadow("of an earlier one", 1_000, 10, 0);
    trainer.checks(3);

    assertThat(trainer.current().version()).isEqualTo(1);
    assertThat(trainer.last().getKind()).isEqualTo(ModelEventKind.PROPOSED);
  }

  @Test
  void whatIsComparedOutlivesTheTrainer() {
    trainer.shadow(candidate(), 600, 6, 6);
    trainer.restart(trainer.committed());
    trainer.checks(2);
    trainer.shadow(candidate(), 400, 4, 4);
    trainer.checks(1);

    assertThat(trainer.last().getKind()).isEqualTo(ModelEventKind.PUBLISHED);
    assertThat(trainer.current().version()).isEqualTo(2);
  }

  @Test
  void noOtherModelIsTrainedMeanwhile() {
    int before = trainer.training.trainings();
    trainer.drift();
    trainer.drift();
    trainer.checks(5);

    assertThat(trainer.training.trainings()).isEqualTo(before);
  }

  @Test
  void versionThatIsPinnedMeanwhileStays() {
    trainer.tell(ModelCommandKind.PIN, 1L);
    trainer.shadow(candidate(), 1_000, 40, 10);
    trainer.checks(1);

    assertThat(trainer.last().getKind()).isEqualTo(ModelEventKind.VETOED);
    assertThat(trainer.last().getSentence())
        .isEqualTo("version 1 was pinned while it was compared");
    assertThat(trainer.current().version()).isEqualTo(1);
  }

  private String candidate() {
    return published(KEY).model().sha256();
  }

  private ModelVersion published(String key) {
    return Objects.requireNonNull(trainer.compacted().get(key));
  }
}
