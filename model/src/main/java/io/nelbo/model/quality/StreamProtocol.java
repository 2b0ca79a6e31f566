package io.nelbo.model.quality;

import io.nelbo.model.policy.Decision;
import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.policy.PolicyState;
import io.nelbo.model.policy.RetrainPolicy;
import io.nelbo.model.train.TrainingException;
import java.util.stream.IntStream;

/** Prequential: each interval is scored first and learned from after that. */
final class StreamProtocol extends Protocol {
  private final Initial initial;
  private final Interval interval;
  private final int windowRecords;
  private final Retraining retraining;
  private final double alertRate;

  StreamProtocol(
      Initial initial,
      Interval interval,
      int windowRecords,
      Retraining retraining,
      double alertRate) {
    super("stream");
    this.initial = initial;
    this.interval = interval;
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
    RetrainPolicy policy = RetrainPolicy.of(alertRate);
    PolicyState state = PolicyState.INITIAL;
    int begin = window[window.length - 1] + 1;
    int block = interval.records(records - begin);
    int to;
    for (int from = begin; from < records; from = to) {
      to = Math.min(from + block, records);
      int[] scored = IntStream.range(from, to).toArray();
      PValueCounts counts = new PValueCounts(policy.alpha());
      trial.score(inForce, scored, counts);
      Decision decision = decide(policy, state, counts);
      state = decision.next();
      if (decision.action() != Decision.Action.HOLD) {
        window = newest(window, scored);
      }
      // What would be learned after the last interval is never put to the test.
      if (decision.action() == Decision.Action.RETRAIN && to < records) {
        inForce = trial.refit(inForce, window, admission(), alertRate, counts, decision);
      } else {
        trial.note(counts, decision, StreamInterval.Outcome.NONE, decision.reason());
      }
    }
  }

  private Decision decide(RetrainPolicy policy, PolicyState state, PValueCounts counts) {
    return switch (retraining) {
      case NEVER -> new Decision(Decision.Action.KEEP, "never retrained", state);
      case ALWAYS -> new Decision(Decision.Action.RETRAIN, "always retrained", state);
      case POLICY ->
          counts.records() < RetrainPolicy.MIN_RECORDS
              ? new Decision(Decision.Action.KEEP, "too few records to decide", state)
              : policy.decide(state, counts);
    };
  }

  private Admission admission() {
    return retraining == Retraining.POLICY ? Admission.TRIMMED : Admission.ALL;
  }

  private int[] newest(int[] window, int[] scored) {
    int count = window.length + scored.length;
    return IntStream.concat(IntStream.of(window), IntStream.of(scored))
        .skip(Math.max(0, count - windowRecords))
        .toArray();
  }
}
