package io.nelbo.bench.fault;

import java.util.List;

/** Something terrible, and the count of what came through it. */
interface Scenario {
  /** Says in a few words, with dashes, what happens. */
  String name();

  /** How long it may take, in seconds, before it has failed. */
  default int deadlineSeconds() {
    return 180;
  }

  /**
   * Plays it.
   *
   * @throws Exception if something did not happen that had to
   */
  Counted play(Stage stage, Extent extent) throws Exception;

  /** All of them; in the short form those that a minute has room for. */
  static List<Scenario> all(boolean isShort) {
    return isShort
        ? List.of(new DetectorKilled(), new OneOfTwoKilled(), new TrainerKilled())
        : List.of(
            new DetectorKilled(),
            new OneOfTwoKilled(),
            new DetectorStopped(),
            new RollingRestart(),
            new DetectorStateDeleted(),
            new ClockSteps(),
            new TrainerKilled(),
            new TrainerStateDeleted(),
            new FullDisk(),
            new BrokersKilled(),
            new BrokersAwayAtStart());
  }
}
