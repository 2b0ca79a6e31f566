package io.nelbo.streams.demo;

import io.nelbo.streams.local.ScenarioName;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the demo went.
 *
 * @param records sent to the input topic, malformed ones included
 * @param scored scores that were published
 * @param alerts records that were alerted
 * @param models versions that records were scored by
 * @param kinds by kind of anomaly: the episodes that began when the first model was in force
 * @param falseAlerts alerts for normal records
 * @param threeSigmaFalse normal records, of all, that the three-sigma rule flags
 * @param unscored records after the first model that were neither scored nor dead letters: 0
 * @param scoredPerSecond from the first score to the last
 * @param seconds that the stream lasted
 */
record Summary(
    ScenarioName scenario,
    long records,
    long scored,
    long alerts,
    int models,
    SortedMap<String, Tally> kinds,
    long falseAlerts,
    long threeSigmaFalse,
    long deadLetters,
    long unscored,
    double scoredPerSecond,
    double seconds) {

  /**
   * Episodes of one kind.
   *
   * @param caught with at least one of its records alerted
   * @param caughtByThreeSigma with at least one of its records outside three sigma
   */
  record Tally(int planted, int caught, int caughtByThreeSigma) {
    Tally plus(Tally other) {
      return new Tally(
          planted + other.planted,
          caught + other.caught,
          caughtByThreeSigma + other.caughtByThreeSigma);
    }
  }

  static Summary of(ScenarioName scenario, Ledger ledger, Outcomes outcomes, double seconds) {
    Set<Coordinates> alerts = outcomes.alerts();
    SortedMap<String, Tally> kinds = new TreeMap<>();
    for (Ledger.Planted episode : ledger.episodes()) {
      if (outcomes.isAfterFirstModel(episode.first())) {
        boolean caught = episode.records().stream().anyMatch(alerts::contains);
        Tally one = new Tally(1, caught ? 1 : 0, episode.isFlaggedByThreeSigma() ? 1 : 0);
        kinds.merge(episode.kind(), one, Tally::plus);
      }
    }
    long falseAlerts = alerts.stream().filter(a -> ledger.episodeOf(a) == null).count();
    return new Summary(
        scenario,
        ledger.records(),
        outcomes.scored(),
        alerts.size(),
        outcomes.modelsInForce().size(),
        kinds,
        falseAlerts,
        ledger.flaggedNormals(),
        outcomes.deadLetters().values().stream().mapToLong(Long::longValue).sum(),
        outcomes.unscored(ledger.lastOffsets()),
        outcomes.scoredPerSecond(),
        seconds);
  }

  /** All kinds together. */
  Tally total() {
    return kinds.values().stream().reduce(new Tally(0, 0, 0), Tally::plus);
  }

  double falseAlertRate() {
    return scored == 0 ? 0 : (double) falseAlerts / scored;
  }
}
