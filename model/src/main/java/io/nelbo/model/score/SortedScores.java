package io.nelbo.model.score;

/**
 * Scores, lowest first, and where to look among them. Halving ten thousand of them mispredicts a
 * branch at every second step, for every record; here a score is looked for among the few that
 * equal steps from the lowest score bring to the same place as it. The highest sixteenth, which may
 * be far above the rest, is one place, and is halved. Immutable.
 */
final class SortedScores {
  private final double[] scores;
  private final double stepsPerNat;
  private final int[] starts; // of each place, and the end

  /** Prepares to look among scores, at least one, that are finite and sorted. */
  SortedScores(double[] sorted) {
    scores = sorted;
    int places = Math.max(1, sorted.length / 2);
    stepsPerNat = (places - 1) / (sorted[sorted.length - 1 - sorted.length / 16] - sorted[0]);
    starts = new int[places + 1];
    for (double score : sorted) {
      starts[place(score, places) + 1]++;
    }
    for (int i = 0; i < places; i++) {
      starts[i + 1] += starts[i];
    }
  }

  /** Never falls with the score, also where all scores are the same and the steps endless. */
  private int place(double score, int places) {
    return Math.max(0, Math.min((int) ((score - scores[0]) * stepsPerNat), places - 1));
  }

  /** Returns how many are below a score. */
  int below(double score) {
    int place = place(score, starts.length - 1);
    int low = starts[place];
    int high = starts[place + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (scores[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
