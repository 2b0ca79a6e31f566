package io.nelbo.model.quality;

import io.nelbo.model.policy.PValueCounts;
import java.util.Locale;

/**
 * What a candidate and the model in force say of the same live records, none of which the candidate
 * was trained on.
 *
 * @param candidate its p-values, counted at α
 * @param inForceFlags how many of the records the model in force flags at α
 * @param bothFlags how many of them both flag
 * @param scoreShift the mean of the candidate's scores less those of the model in force, in nats
 */
public record LiveComparison(
    PValueCounts candidate, long inForceFlags, long bothFlags, double scoreShift) {
  public LiveComparison {
    if (bothFlags < 0 || bothFlags > Math.min(inForceFlags, candidate.flagged())) {
      throw new IllegalArgumentException(
          "what both flag must be of what each does, was %d of %d and %d"
              .formatted(bothFlags, inForceFlags, candidate.flagged()));
    }
  }

  public long records() {
    return candidate.records();
  }

  /** The share of what either flags that both do; 1 if neither flags anything. */
  public double overlap() {
    long either = inForceFlags + candidate.flagged() - bothFlags;
    return either == 0 ? 1 : (double) bothFlags / either;
  }

  /** Decides by the {@link Veto} whether the candidate may follow. */
  public Succession verdict(String nameInForce) {
    Veto veto =
        new Veto(
            Math.toIntExact(records()),
            candidate.alpha(),
            Math.toIntExact(candidate.flagged()),
            Math.toIntExact(inForceFlags));
    return new Succession(!veto.isVetoed(), describe(nameInForce));
  }

  private String describe(String nameInForce) {
    return String.format(
        Locale.ROOT,
        "flags %.2f %% of %,d live records where %s flags %.2f %%, %.0f %% of them in common; its p-values have moved by %.2f, its scores are %+.2f nats off on average",
        100 * candidate.flaggedShare(),
        records(),
        nameInForce,
        100.0 * inForceFlags / records(),
        100 * overlap(),
        candidate.bulkShift(),
        scoreShift);
  }
}
