package io.nelbo.streams.detector;

import io.nelbo.model.score.Contribution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why a record is an outlier. */
final class Explanation {
  /** Beside the first feature, others are named that have at least this share in the score. */
  private static final double WORTH_NAMING = 0.2;

  private static final int MOST_NAMED = 3;

  private Explanation() {}

  /**
   * Returns a sentence such as {@code vibration 9.1 where 2.3 (1.8–2.9) was expected; p = 2e-6}.
   *
   * @param contributions the features that add most, most first
   * @param kl what the KL adds beside its mean over normal records, in nats
   */
  static String of(List<Contribution> contributions, double kl, double pValue) {
    List<String> parts = new ArrayList<>();
    double greatest = 0;
    for (Contribution c : contributions) {
      boolean worthNaming = parts.isEmpty() || c.share() >= WORTH_NAMING;
      if (c.nats() > 0 && worthNaming && parts.size() < MOST_NAMED) {
        parts.add(describe(c));
        greatest = Math.max(greatest, c.nats());
      }
    }
    if (kl > greatest) {
      parts.add(
          0, "unusual combination of values (KL " + Numbers.plain(kl) + " nats above normal)");
    }
    if (parts.isEmpty()) {
      parts.add("no feature stands out");
    }
    return String.join(", ", parts) + "; p = " + Numbers.probability(pValue);
  }

  private static String describe(Contribution c) {
    int decimals = Numbers.decimals(c.high() - c.low());
    StringBuilder text = new StringBuilder(c.feature()).append(' ');
    text.append(c.observed() == null ? "missing" : value(c.observed(), decimals));
    text.append(" where ").append(value(c.expected(), decimals));
    if (!Double.isNaN(c.probability())) {
      text.append(" (").append(Numbers.percent(c.probability())).append(')');
    } else if (!Double.isNaN(c.low())) {
      text.append(" (").append(Numbers.interval(c.low(), c.high(), decimals)).append(')');
    }
    return text.append(" was expected").toString();
  }

  private static String value(@Nullable Object value, int decimals) {
    return value instanceof Double number ? Numbers.fixed(number, decimals) : String.valueOf(value);
  }
}
