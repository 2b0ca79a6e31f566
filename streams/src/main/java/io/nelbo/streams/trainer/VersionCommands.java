package io.nelbo.streams.trainer;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.models.CurrentModel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does what a person says about versions: which is to be in force, and whether it is to stay. */
final class VersionCommands {
  private final TrainerConfig config;
  private final CurrentModel current;
  private final TrainerMemory memory;
  private final Publication publication;
  private final ModelEvents events;
  private final CommandMetrics metrics;

  VersionCommands(
      TrainerConfig config,
      CurrentModel current,
      TrainerMemory memory,
      Publication publication,
      ModelEvents events,
      CommandMetrics metrics) {
    this.metrics = metrics;
    this.config = config;
    this.current = current;
    this.memory = memory;
    this.publication = publication;
    this.events = events;
  }

  /** A command that cannot be done; the message says why, and what to do instead. */
  private static final class Declined extends Exception {
    private static final long serialVersionUID = 1;

    Declined(String why) {
      super(why);
    }
  }

  void rollBack(ModelCommand command, TrainerState state, long now) {
    try {
      Long pinned = memory.pinned();
      if (pinned != null) {
        throw new Declined(
            "version %d is pinned: nelbo models unpin first, or pin %d instead"
                .formatted(pinned, wanted(command)));
      }
      restore(wanted(command), command, state, now);
    } catch (Declined e) {
      events.decline(command, String.valueOf(e.getMessage()));
    }
  }

  void pin(ModelCommand command, TrainerState state, long now) {
    try {
      long version = wanted(command);
      Long pinned = memory.pinned();
      if (pinned != null && pinned == version) {
        throw new Declined("version " + version + " is pinned already");
      }
      long stays = version;
      if (version != publication.newest()) {
        stays = restore(version, null, state, now);
      }
      String restored = stays == version ? "" : ", which restores version " + version + ",";
      memory.pin(stays);
      events.answer(
          command,
          ModelEventKind.PINNED,
          stays,
          "version %d%s stays in force until it is unpinned: nothing is trained"
              .formatted(stays, restored),
          Map.of());
    } catch (Declined e) {
      events.decline(command, String.valueOf(e.getMessage()));
    }
  }

  void unpin(ModelCommand command, TrainerState state) {
    Long pinned = memory.pinned();
    if (pinned == null) {
      events.decline(command, "no version is pinned, so there is nothing to unpin");
      return;
    }
    memory.unpin();
    String held = state.getRetrain();
    events.answer(
        command,
        ModelEventKind.UNPINNED,
        pinned,
        "version %d may have a successor again%s"
            .formatted(pinned, held == null ? "" : ", and one is trained now: " + held),
        Map.of());
  }

  private static long wanted(ModelCommand command) throws Declined {
    if (command.getVersion() == null) {
      throw new Declined("the command names no version");
    }
    return command.getVersion();
  }

  /** Publishes the content of a kept version as the next one, whose number is returned. */
  private long restore(long version, @Nullable ModelCommand command, TrainerState state, long now)
      throws Declined {
    publication.adopt();
    ModelVersion kept = kept(version);
    long former = publication.newest();
    long next = former + 1;
    TrainingReport report =
        kept.report()
            .because("restores version %d (%s)".formatted(version, kept.report().reason()));
    try {
      publication.publish(
          new ModelVersion(kept.name(), next, kept.trainedAt(), kept.model(), report), state, now);
    } catch (IllegalArgumentException e) {
      throw new Declined("version " + version + " cannot be published: " + e.getMessage());
    }
    Map<String, Double> numbers = new HashMap<>(memory.tally().numbersOf(former));
    numbers.put("restored", (double) version);
    metrics.rolledBack();
    events.answer(
        command,
        ModelEventKind.ROLLED_BACK,
        next,
        "version %d restores version %d, trained at %s, in place of version %d"
            .formatted(next, version, kept.trainedAt(), former),
        numbers);
    return next;
  }

  private ModelVersion kept(long version) throws Declined {
    long newest = publication.newest();
    if (version == newest) {
      throw new Declined("version " + version + " is in force already");
    }
    if (version < 1 || version > newest) {
      throw new Declined(
          newest == 0
              ? "there is no version of " + config.modelName() + " yet"
              : "there is no version %d of %s: the newest is %d"
                  .formatted(version, config.modelName(), newest));
    }
    if (!publication.kept().versions().contains(version)) {
      throw new Declined(
          "version %d is not kept: models.keep=%d leaves %s"
              .formatted(version, config.modelsKeep(), publication.kept().versions()));
    }
    ModelVersion kept;
    try {
      kept = publication.kept().read(version);
    } catch (IllegalArgumentException e) {
      throw new Declined("version " + version + " cannot be read: " + e.getMessage());
    }
    ModelVersion inForce = current.get();
    if (inForce != null
        && inForce.version() == newest
        && inForce.model().sha256().equals(kept.model().sha256())) {
      throw new Declined(
          "version %d is in force already, as version %d".formatted(version, newest));
    }
    return kept;
  }
}
