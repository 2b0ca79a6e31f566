package io.nelbo.streams.detector;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.score.Contribution;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Puts a record's own category where a model, which does not know it, sees OTHER. */
final class OriginalValues {
  private OriginalValues() {}

  static Contribution restore(Contribution c, GenericRecord record) {
    if (c.kind() != FeatureKind.CATEGORICAL || c.observed() == null) {
      return c;
    }
    Object original = find(record, c.feature());
    return original == null
        ? c
        : new Contribution(
            c.feature(),
            c.kind(),
            original.toString(),
            c.expected(),
            c.low(),
            c.high(),
            c.probability(),
            c.nats(),
            c.share());
  }

  private static @Nullable Object find(GenericRecord record, String dottedName) {
    Object value = record;
    for (String name : dottedName.split("\\.", -1)) {
      if (!(value instanceof GenericRecord parent) || !parent.hasField(name)) {
        return null;
      }
      value = parent.get(name);
    }
    return value;
  }
}
