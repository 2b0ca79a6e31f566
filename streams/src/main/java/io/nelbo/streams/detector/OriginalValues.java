package io.nelbo.streams.detector;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.score.Contribution;
import io.nelbo.streams.input.Decoded;

/** Puts a record's own category where a model, which does not know it, sees OTHER. */
final class OriginalValues {
  private OriginalValues() {}

  static Contribution restore(Contribution c, Decoded decoded) {
    if (c.kind() != FeatureKind.CATEGORICAL || c.observed() == null) {
      return c;
    }
    String original = decoded.category(c.feature());
    return original == null
        ? c
        : new Contribution(
            c.feature(),
            c.kind(),
            original,
            c.expected(),
            c.low(),
            c.high(),
            c.probability(),
            c.nats(),
            c.share());
  }
}
