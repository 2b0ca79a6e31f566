package io.nelbo.streams.cli;

import io.nelbo.model.quality.Ranking;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts what was scored, for the line at the end. NOT thread safe. */
final class ScoreSummary {
  private static final double RATE = 0.001;

  private double[] scores = new double[1024];
  private final BitSet anomalies = new BitSet();
  private int scored;
  private int bad;
  private int below;
  private boolean labelled;

  void add(double score, double pValue, @Nullable Boolean anomaly) {
    if (scored == scores.length) {
      scores = Arrays.copyOf(scores, 2 * scored);
    }
    scores[scored] = score;
    if (anomaly != null) {
      labelled = true;
      anomalies.set(scored, anomaly);
    }
    scored++;
    below += pValue <= RATE ? 1 : 0;
  }

  void addBad() {
    bad++;
  }

  String text() {
    String text =
        String.format(
            Locale.ROOT, "%,d records scored, %,d with p at most %s", scored, below, RATE);
    if (bad > 0) {
      text += String.format(Locale.ROOT, ", %,d not scored", bad);
    }
    if (!labelled) {
      return text;
    }
    int count = anomalies.cardinality();
    if (count == 0 || count == scored) {
      return text + "; all labels are the same, so the ranking cannot be measured";
    }
    boolean[] truth = new boolean[scored];
    anomalies.stream().forEach(i -> truth[i] = true);
    Ranking ranking = Ranking.of(Arrays.copyOf(scores, scored), truth);
    return text
        + String.format(
            Locale.ROOT,
            "; %,d anomalies, AUROC %.4f, AUPRC %.4f",
            count,
            ranking.auroc(),
            ranking.auprc());
  }
}
