package io.nelbo.streams.demo;

import io.nelbo.schemas.Model;
import io.nelbo.schemas.Score;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came out of the detector and the trainer, as anybody can read it in their topics. Safe for
 * use by several threads.
 */
final class Outcomes {
  private final Set<Coordinates> alerts = new HashSet<>();
  private final Map<Integer, Long> firstScored = new HashMap<>();
  private final Map<Integer, Long> lastHandled = new HashMap<>();
  private final Set<Long> versionsInForce = new HashSet<>();
  private final SortedMap<Long, Model> models = new TreeMap<>();
  private final SortedMap<String, Long> deadLetters = new TreeMap<>();
  private final Set<Coordinates> deadLettersAt = new HashSet<>();
  private long scored;
  private long firstScoredAtMs = Long.MAX_VALUE;
  private long lastScoredAtMs = Long.MIN_VALUE;

  synchronized void score(Score score) {
    Coordinates coordinates =
        new Coordinates(score.getSource().getPartition(), score.getSource().getOffset());
    firstScored.merge(coordinates.partition(), coordinates.offset(), Math::min);
    handled(coordinates);
    versionsInForce.add(score.getModel().getVersion());
    long at = score.getScoredAt().toEpochMilli();
    firstScoredAtMs = Math.min(firstScoredAtMs, at);
    lastScoredAtMs = Math.max(lastScoredAtMs, at);
    scored++;
  }

  /** Notes an alert; returns false if the record had one already. */
  synchronized boolean alert(Coordinates coordinates) {
    return alerts.add(coordinates);
  }

  synchronized void model(Model model) {
    models.put(model.getVersion(), model);
  }

  synchronized void deadLetter(Coordinates coordinates, String reason) {
    if (deadLettersAt.add(coordinates)) {
      deadLetters.merge(reason, 1L, Long::sum);
    }
    handled(coordinates);
  }

  private void handled(Coordinates coordinates) {
    lastHandled.merge(coordinates.partition(), coordinates.offset(), Math::max);
  }

  /** Returns whether the first model was in force when this record came. */
  synchronized boolean isAfterFirstModel(Coordinates coordinates) {
    Long first = firstScored.get(coordinates.partition());
    return first != null && coordinates.offset() >= first;
  }

  /** Returns whether all records up to these offsets are scored or dead letters. */
  synchronized boolean hasReached(Map<Integer, Long> offsets) {
    return offsets.entrySet().stream()
        .allMatch(e -> lastHandled.getOrDefault(e.getKey(), -1L) >= e.getValue());
  }

  /** How many records up to these offsets, after the first model, are neither scored nor dead. */
  synchronized long unscored(Map<Integer, Long> offsets) {
    long expected = 0;
    for (Map.Entry<Integer, Long> first : firstScored.entrySet()) {
      expected += offsets.getOrDefault(first.getKey(), -1L) + 1 - first.getValue();
    }
    long dead = deadLettersAt.stream().filter(this::isAfterFirstModel).count();
    return expected - dead - scored;
  }

  synchronized long scored() {
    return scored;
  }

  /** Records scored a second, from the first score to the last. */
  synchronized double scoredPerSecond() {
    return lastScoredAtMs > firstScoredAtMs
        ? 1000.0 * scored / (lastScoredAtMs - firstScoredAtMs)
        : 0;
  }

  synchronized Set<Coordinates> alerts() {
    return Set.copyOf(alerts);
  }

  synchronized boolean hasAlert(Coordinates coordinates) {
    return alerts.contains(coordinates);
  }

  /** The models that records were scored by, by version. */
  synchronized SortedMap<Long, Model> modelsInForce() {
    SortedMap<Long, Model> inForce = new TreeMap<>(models);
    inForce.keySet().retainAll(versionsInForce);
    return inForce;
  }

  synchronized long version() {
    return versionsInForce.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** Dead letters by reason. */
  synchronized SortedMap<String, Long> deadLetters() {
    return new TreeMap<>(deadLetters);
  }
}
