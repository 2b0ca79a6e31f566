package io.nelbo.model.policy;

import java.util.Locale;

/**
 * When a model is retrained and when not: pure decisions, interval by interval, from the share of
 * records that it flags at α.
 *
 * <p>Of a calibrated model that share is α. Up to three times as much keeps it: to retrain where
 * nothing is wrong only lets in what the window holds beside normal records. Above that in two
 * intervals running it is retrained, and the successor has to show that it explains more. It is
 * retrained as well where little is flagged but the p-values of the others {@linkplain
 * PValueCounts#bulkShift have moved} by more than one half, which outliers cannot bring about as
 * long as they are fewer than the rest. Above a third flagged it cannot be told without labels
 * whether the world or an attacker has changed the traffic: all learning is held until a person has
 * said which. So it is where more than a third is {@linkplain PValueCounts#unlikelyShare unlikely},
 * flagged or not, and the rest {@linkplain PValueCounts#restShift has not moved}: a drift moves it.
 *
 * @param alpha the p-value at or below which a record is flagged
 */
public record RetrainPolicy(double alpha) {
  /** Fewer records are no interval to decide on; they count with those of the next one. */
  public static final int MIN_RECORDS = 100;

  /** Records with a p-value at or below this, under the model in force, are not trained on. */
  public static final double UNTRUSTED = 0.005;

  /** The least α: fewer than one record in a hundred would be too few to count. */
  private static final double MIN_ALPHA = 0.01;

  private static final double CALIBRATED = 3;
  private static final double MOST = 1.0 / 3;
  private static final double MOVED = 0.5;
  private static final double STILL = 0.15;
  private static final int INTERVALS = 2;

  public RetrainPolicy {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be above 0 and below 1, was " + alpha);
    }
  }

  /** Returns the policy for alerts at a rate; α is that rate, but 1 % at least. */
  public static RetrainPolicy of(double alertRate) {
    return new RetrainPolicy(Math.max(alertRate, MIN_ALPHA));
  }

  /**
   * Decides after an interval.
   *
   * @param interval counted at this policy's α, of {@link #MIN_RECORDS} or more
   */
  public Decision decide(PolicyState state, PValueCounts interval) {
    if (interval.alpha() != alpha || interval.records() < MIN_RECORDS) {
      throw new IllegalArgumentException(
          "an interval has %d or more records counted at %s, was %d at %s"
              .formatted(MIN_RECORDS, alpha, interval.records(), interval.alpha()));
    }
    double share = interval.flaggedShare();
    String flagged =
        String.format(
            Locale.ROOT,
            "%.2f %% of %,d records are flagged at %s %%",
            100 * share,
            interval.records(),
            percent(alpha));
    if (share > MOST) {
      return new Decision(
          Decision.Action.HOLD,
          flagged + ", more than a third: drift or attack? Nothing of it is learned",
          held(state));
    }
    double unlikely = interval.unlikelyShare();
    double rest = interval.restShift();
    if (unlikely > MOST && rest <= STILL) {
      return new Decision(
          Decision.Action.HOLD,
          String.format(
              Locale.ROOT,
              "%s, and %.2f %% are unlikely, more than a third, where the rest has moved by %.2f: drift or attack? Nothing of it is learned",
              flagged,
              100 * unlikely,
              rest),
          held(state));
    }
    double shift = interval.bulkShift();
    if (share <= CALIBRATED * alpha && shift <= MOVED) {
      return new Decision(
          Decision.Action.KEEP, flagged + ": the model is calibrated", PolicyState.INITIAL);
    }
    String risen =
        share > CALIBRATED * alpha
            ? flagged + ", more than " + percent(CALIBRATED * alpha) + " %"
            : String.format(
                Locale.ROOT,
                "%s, but the p-values of the others have moved by %.2f",
                flagged,
                shift);
    int intervals = state.risen() + 1;
    return intervals < INTERVALS
        ? new Decision(
            Decision.Action.KEEP,
            risen + ", for the first time",
            new PolicyState(intervals, Hold.NONE))
        : new Decision(Decision.Action.RETRAIN, risen + ", once more", PolicyState.INITIAL);
  }

  /** Whoever has rejected it is not asked again. */
  private static PolicyState held(PolicyState state) {
    return new PolicyState(0, state.hold() == Hold.REJECTED ? Hold.REJECTED : Hold.ASKED);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3g", 100 * share).replaceFirst("\\.?0+$", "");
  }
}
