package io.nelbo.streams.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.ModelCommandKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.streams.Pumps;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that are kept, restored and pinned, from a person's command to the models topic. */
class VersionsTest {
  @TempDir private Path state;
  private TrainerDriver trainer;

  @BeforeEach
  void trainTwoVersions() {
    trainer = new TrainerDriver(state, Map.of("models.keep", "2", "retrain.max.age", "36500d"));
    trainer.feed(200, TrainerDriver.START);
    trainer.awaitEvent(ModelEventKind.PUBLISHED);
    trainer.feed(50, TrainerDriver.START.plusSeconds(1000));
    successor();
  }

  private ModelEvent successor() {
    trainer.drift();
    return trainer.awaitEvent(ModelEventKind.PUBLISHED);
  }

  @AfterEach
  void close() {
    trainer.close();
  }

  @Test
  void formerVersionsStayBesideTheOneInForceUpToTheBound() {
    Map<String, ModelVersion> two = trainer.compacted();

    successor();
    successor();

    assertThat(two).containsOnlyKeys("vae", "vae@1", "vae@2");
    assertThat(trainer.compacted()).containsOnlyKeys("vae", "vae@2", "vae@3", "vae@4");
    assertThat(version("vae").version()).isEqualTo(4);
    assertThat(version("vae@3").version()).isEqualTo(3);
  }

  @Test
  void publicationTellsWhatTheFormerVersionHasFlagged() {
    ModelEvent published = successor();

    assertThat(published.getNumbers())
        .containsEntry("former", 2.0)
        .containsEntry("formerRecords", 3000.0)
        .containsEntry("formerFlagged", 110.0);
  }

  @Test
  void rollbackPublishesTheContentOfAnEarlierVersionAsTheNext() {
    trainer.interval(0.01);
    ModelEvent answer = trainer.tell(ModelCommandKind.ROLLBACK, 1L);

    assertThat(answer.getKind()).isEqualTo(ModelEventKind.ROLLED_BACK);
    assertThat(answer.getVersion()).isEqualTo(3);
    assertThat(answer.getInForce()).isEqualTo(2);
    assertThat(answer.getNumbers()).containsEntry("restored", 1.0).containsEntry("former", 2.0);
    assertThat(answer.getSentence())
        .matches("version 3 restores version 1, trained at .*, in place of version 2");
    assertThat(trainer.current().version()).isEqualTo(3);
    assertThat(version("vae").model().sha256()).isEqualTo(version("vae@1").model().sha256());
    assertThat(version("vae").report().reason()).isEqualTo("restores version 1 (first model)");
    assertThat(trainer.compacted()).containsOnlyKeys("vae", "vae@1", "vae@2", "vae@3");
    assertThat(trainer.counted("models-rolled-back")).isEqualTo(1);
  }

  @Test
  void whatCannotBeRolledBackToIsNamedWithTheReason() {
    successor();
    trainer.feed(50, TrainerDriver.START.plusSeconds(2000));
    successor();

    assertThat(declined(ModelCommandKind.ROLLBACK, 4L)).isEqualTo("version 4 is in force already");
    assertThat(declined(ModelCommandKind.ROLLBACK, 9L))
        .isEqualTo("there is no version 9 of vae: the newest is 4");
    assertThat(declined(ModelCommandKind.ROLLBACK, 1L))
        .isEqualTo("version 1 is not kept: models.keep=2 leaves [2, 3, 4]");
    assertThat(declined(ModelCommandKind.ROLLBACK, null)).isEqualTo("the command names no version");
    trainer.tell(ModelCommandKind.ROLLBACK, 3L);
    assertThat(declined(ModelCommandKind.ROLLBACK, 3L))
        .isEqualTo("version 3 is in force already, as version 5");
    assertThat(trainer.current().version()).isEqualTo(5);
  }

  @Test
  void trainingThatRunsDoesNotUndoARollback() {
    trainer.drift();
    trainer.checks(1); // begins to train
    trainer.tell(ModelCommandKind.ROLLBACK, 1L);

    ModelEvent vetoed = trainer.awaitEvent(ModelEventKind.VETOED);

    assertThat(vetoed.getSentence()).isEqualTo("version 3 came in force while it was trained");
    trainer.checks(5);
    assertThat(trainer.current().version()).isEqualTo(3);
  }

  @Test
  void whatIsRestoredIsJudgedByItsOwnIntervals() {
    trainer.interval(0.05);
    trainer.interval(0.05);
    trainer.tell(ModelCommandKind.ROLLBACK, 1L);
    trainer.interval(0.05);
    trainer.interval(0.01);
    trainer.checks(3);
    int once = trainer.training.trainings();

    ModelEvent published = successor();

    assertThat(once).isEqualTo(2);
    assertThat(published.getVersion()).isEqualTo(4);
  }

  @Test
  void pinnedVersionStaysAndSaysOnceWhatIsHeldUntilItIsUnpinned() {
    ModelEvent pinned = trainer.tell(ModelCommandKind.PIN, 2L);
    for (int i = 0; i < 5; i++) {
      trainer.interval(0.05);
    }
    trainer.checks(3);
    long held = trainer.kinds().stream().filter(ModelEventKind.HELD::equals).count();
    ModelEvent last = trainer.last();
    int whilePinned = trainer.training.trainings();
    ModelEvent unpinned = trainer.tell(ModelCommandKind.UNPIN, null);

    ModelEvent published = trainer.awaitEvent(ModelEventKind.PUBLISHED);

    assertThat(pinned.getKind()).isEqualTo(ModelEventKind.PINNED);
    assertThat(pinned.getVersion()).isEqualTo(2);
    assertThat(held).isEqualTo(1);
    assertThat(last.getSentence())
        .endsWith("version 2 is pinned, so that no successor is trained until it is unpinned");
    assertThat(whilePinned).isEqualTo(2);
    assertThat(unpinned.getSentence())
        .startsWith("version 2 may have a successor again, and one is trained now: 5.00 %");
    assertThat(published.getVersion()).isEqualTo(3);
  }

  @Test
  void whatWasHeldByAPinIsForgottenOnceTheModelIsCalibratedAgain() {
    trainer.tell(ModelCommandKind.PIN, 2L);
    trainer.drift();
    trainer.interval(0.01);
    trainer.interval(0.01);
    ModelEvent unpinned = trainer.tell(ModelCommandKind.UNPIN, null);

    trainer.checks(5);

    assertThat(unpinned.getSentence()).isEqualTo("version 2 may have a successor again");
    assertThat(trainer.training.trainings()).isEqualTo(2);
  }

  @Test
  void pinOfAnEarlierVersionRestoresItFirst() {
    ModelEvent answer = trainer.tell(ModelCommandKind.PIN, 1L);

    assertThat(trainer.kinds()).endsWith(ModelEventKind.ROLLED_BACK, ModelEventKind.PINNED);
    assertThat(answer.getKind()).isEqualTo(ModelEventKind.PINNED);
    assertThat(answer.getVersion()).isEqualTo(3);
    assertThat(answer.getSentence()).startsWith("version 3, which restores version 1, stays");
    assertThat(version("vae").model().sha256()).isEqualTo(version("vae@1").model().sha256());
  }

  @Test
  void trainingThatRunsDoesNotUndoAPin() {
    trainer.drift();
    trainer.checks(1);
    trainer.tell(ModelCommandKind.PIN, 2L);

    ModelEvent vetoed = trainer.awaitEvent(ModelEventKind.VETOED);

    assertThat(vetoed.getSentence()).isEqualTo("version 2 was pinned while it was trained");
    assertThat(trainer.current().version()).isEqualTo(2);
  }

  @Test
  void pinIsNotUndoneByOtherCommands() {
    declined(ModelCommandKind.UNPIN, null);
    trainer.tell(ModelCommandKind.PIN, 2L);

    assertThat(declined(ModelCommandKind.PIN, 2L)).isEqualTo("version 2 is pinned already");
    assertThat(declined(ModelCommandKind.ROLLBACK, 1L))
        .isEqualTo("version 2 is pinned: nelbo models unpin first, or pin 1 instead");
    assertThat(declined(ModelCommandKind.ACCEPT, null))
        .isEqualTo("version 2 is pinned, so nothing is learned: nelbo models unpin first");
  }

  @Test
  void modelOfAnotherProgramIsToldOfAndKept() {
    trainer.publish(Pumps.version(7));

    trainer.checks(2);

    ModelEvent published = trainer.last();
    assertThat(published.getKind()).isEqualTo(ModelEventKind.PUBLISHED);
    assertThat(published.getVersion()).isEqualTo(7);
    assertThat(published.getSentence()).isEqualTo("by another program: by hand");
    assertThat(version("vae@7").model().sha256()).isEqualTo(Pumps.version(7).model().sha256());
    assertThat(trainer.kinds().stream().filter(ModelEventKind.PUBLISHED::equals)).hasSize(3);
    trainer.tell(ModelCommandKind.ROLLBACK, 2L);
    assertThat(trainer.current().version()).isEqualTo(8);
  }

  private String declined(ModelCommandKind kind, @Nullable Long version) {
    ModelEvent answer = trainer.tell(kind, version);
    assertThat(answer.getKind()).isEqualTo(ModelEventKind.DECLINED);
    return answer.getSentence();
  }

  private ModelVersion version(String key) {
    return Objects.requireNonNull(trainer.compacted().get(key), key);
  }
}
