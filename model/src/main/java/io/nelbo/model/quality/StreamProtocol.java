package io.nelbo.model.quality;

import io.nelbo.model.train.TrainingException;
import java.util.stream.IntStream;

/** Prequential: each block is scored first and learned from after that. */
final class StreamProtocol extends Protocol {
  private final Initial initial;
  private final int block;
  private final int windowRecords;
  private final Retraining retraining;
  private final double alertRate;

  StreamProtocol(
      Initial initial, int block, int windowRecords, Retraining retraining, double alertRate) {
    super("stream");
    if (block < 1) {
      throw new IllegalArgumentException("a block must be of 1 record or more, was " + block);
    }
    this.initial = initial;
    this.block = block;
    this.windowRecords = windowRecords;
    this.retraining = retraining;
    this.alertRate = alertRate;
  }

  @Override
  public Retraining retraining() {
    return retraining;
  }

  @Override
  void run(Trial trial) throws TrainingException {
    int records = trial.anomalous().length;
    int[] window = initial.rows(trial.anomalous());
    FittedDetector inForce = trial.fit(window);
    int to;
    for (int from = window[window.length - 1] + 1; from < records; from = to) {
      to = Math.min(from + block, records);
      int[] scored = IntStream.range(from, to).toArray();
      trial.score(inForce, scored);
      if (retraining == Retraining.ALWAYS && to < records) {
        window = newest(window, scored);
        inForce = trial.refit(inForce, window, alertRate);
      }
    }
  }

  private int[] newest(int[] window, int[] scored) {
    int count = window.length + scored.length;
    return IntStream.concat(IntStream.of(window), IntStream.of(scored))
        .skip(Math.max(0, count - windowRecords))
        .toArray();
  }
}
