package io.nelbo.streams.demo;

import io.nelbo.streams.local.Episode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent, as it stands in the input topic: the truth that alerts are held against. Safe for
 * use by several threads.
 */
final class Ledger {
  private final Map<Integer, Planted> episodes = new LinkedHashMap<>();
  private final Map<Coordinates, Planted> planted = new HashMap<>();
  private final Map<Integer, Long> lastOffsets = new HashMap<>();
  private long records;
  private long malformed;
  private long flaggedNormals;

  /** Notes an acknowledged record. */
  synchronized void sent(
      Coordinates coordinates, @Nullable Episode episode, boolean flaggedByThreeSigma) {
    acknowledged(coordinates);
    if (episode != null) {
      Planted known = episodes.computeIfAbsent(episode.number(), n -> new Planted(episode.kind()));
      known.records.add(coordinates);
      known.flaggedByThreeSigma |= flaggedByThreeSigma;
      planted.put(coordinates, known);
    } else if (flaggedByThreeSigma) {
      flaggedNormals++;
    }
  }

  /** Notes an acknowledged record that nobody can score. */
  synchronized void sentMalformed(Coordinates coordinates) {
    acknowledged(coordinates);
    malformed++;
  }

  private void acknowledged(Coordinates coordinates) {
    records++;
    lastOffsets.merge(coordinates.partition(), coordinates.offset(), Math::max);
  }

  synchronized long records() {
    return records;
  }

  synchronized long malformed() {
    return malformed;
  }

  /** How many normal records the three-sigma rule flagged, all in all. */
  synchronized long flaggedNormals() {
    return flaggedNormals;
  }

  /** The offset of the last record by partition. */
  synchronized Map<Integer, Long> lastOffsets() {
    return Map.copyOf(lastOffsets);
  }

  /** Returns the episode that a record belongs to, or null if it is normal. */
  synchronized @Nullable Planted episodeOf(Coordinates coordinates) {
    return planted.get(coordinates);
  }

  synchronized Collection<Planted> episodes() {
    return List.copyOf(episodes.values());
  }

  /** A planted episode. */
  static final class Planted {
    private final String kind;
    private final List<Coordinates> records = new ArrayList<>();
    private boolean flaggedByThreeSigma;

    private Planted(String kind) {
      this.kind = kind;
    }

    String kind() {
      return kind;
    }

    Coordinates first() {
      return records.get(0);
    }

    List<Coordinates> records() {
      return List.copyOf(records);
    }

    boolean isFlaggedByThreeSigma() {
      return flaggedByThreeSigma;
    }
  }
}
