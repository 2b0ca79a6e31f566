package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Scores of a quarter of a second, thinned to what a plot can show; the greatest always stays. */
final class Samples {
  static final int MOST = 24;

  private final List<Sample> samples;

  private Samples(List<Sample> samples) {
    this.samples = samples;
  }

  /** A score with its surprise, which is what the plot shows. */
  record Sample(long timeMs, double surprise, double score) {
    static Sample of(double score, double pValue, long timeMs) {
      return new Sample(timeMs, -Math.log10(pValue), score);
    }
  }

  static Samples thinned(List<Sample> all) {
    if (all.size() <= MOST) {
      return new Samples(List.copyOf(all));
    }
    int greatest = 0;
    for (int i = 1; i < all.size(); i++) {
      greatest = all.get(i).surprise() > all.get(greatest).surprise() ? i : greatest;
    }
    List<Sample> some = new ArrayList<>();
    some.add(all.get(greatest));
    for (int i = 0; i < MOST - 1; i++) {
      int at = (int) ((long) i * all.size() / (MOST - 1));
      if (at != greatest) {
        some.add(all.get(at));
      }
    }
    some.sort(Comparator.comparingLong(Sample::timeMs));
    return new Samples(some);
  }

  List<Sample> list() {
    return samples;
  }

  /** Puts samples down as three arrays: milliseconds before now, surprise, score. */
  static void put(ObjectNode json, List<Sample> samples, long nowMs) {
    ArrayNode ages = json.putArray("age");
    ArrayNode surprises = json.putArray("surprise");
    ArrayNode scores = json.putArray("score");
    for (Sample sample : samples) {
      ages.add(nowMs - sample.timeMs());
      surprises.add(rounded(sample.surprise()));
      scores.add(rounded(sample.score()));
    }
  }

  private static double rounded(double value) {
    return Math.abs(value) < 1e12 ? Math.rint(value * 1e3) / 1e3 : value;
  }
}
