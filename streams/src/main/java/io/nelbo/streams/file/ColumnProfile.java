package io.nelbo.streams.file;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What all values of one column have in common, and hence the Avro type that holds every one of
 * them: a column that holds only 0 and 1, and both, is boolean; integers are long; other numbers
 * are double; ISO dates and times are timestamp-millis; all else is string. NOT thread safe.
 */
final class ColumnProfile {
  /** A column of more different texts is names or prose rather than categories. */
  private static final int MAX_CATEGORIES = 256;

  private final EnumSet<TextKind> kinds = EnumSet.noneOf(TextKind.class);
  private final Set<String> distinct = new HashSet<>();
  private long values;
  private boolean missing;
  private boolean onlyBits = true;
  private boolean zero;
  private boolean one;

  void seeMissing() {
    missing = true;
  }

  /** Takes a text as data files hold it, where {@code 12} is a number. */
  void seeText(String text) {
    see(text, TextKind.of(text));
  }

  /** Takes a text that is known to be no number, as in JSON quotes. */
  void seeQuoted(String text) {
    see(text, TextKind.of(text) == TextKind.TIME ? TextKind.TIME : TextKind.OTHER);
  }

  /** Takes a value that no scalar type holds. */
  void seeOther(String text) {
    see(text, TextKind.OTHER);
  }

  private void see(String text, TextKind kind) {
    values++;
    kinds.add(kind);
    if (distinct.size() <= MAX_CATEGORIES) {
      distinct.add(text);
    }
    if (kind == TextKind.INTEGER || kind == TextKind.DECIMAL) {
      if (onlyBits) {
        double number = TextKind.number(text);
        zero |= number == 0;
        one |= number == 1;
        onlyBits = number == 0 || number == 1;
      }
    }
  }

  boolean mayBeMissing() {
    return missing || (kinds.contains(TextKind.ABSENT) && type().getType() != Schema.Type.STRING);
  }

  /** Whether the values are few texts, each of them seen twice on average or oftener. */
  boolean isCategorical() {
    return type().getType() == Schema.Type.STRING
        && !distinct.isEmpty()
        && distinct.size() <= MAX_CATEGORIES
        && 2L * distinct.size() <= values;
  }

  Schema type() {
    EnumSet<TextKind> present = EnumSet.copyOf(kinds);
    present.remove(TextKind.ABSENT);
    if (present.isEmpty()) {
      return Schema.create(Schema.Type.STRING);
    }
    if (EnumSet.of(TextKind.INTEGER, TextKind.DECIMAL).containsAll(present)) {
      if (onlyBits && zero && one) {
        return Schema.create(Schema.Type.BOOLEAN);
      }
      return Schema.create(
          present.contains(TextKind.DECIMAL) ? Schema.Type.DOUBLE : Schema.Type.LONG);
    }
    if (present.equals(EnumSet.of(TextKind.TRUTH))) {
      return Schema.create(Schema.Type.BOOLEAN);
    }
    if (present.equals(EnumSet.of(TextKind.TIME))) {
      return LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    }
    return Schema.create(Schema.Type.STRING);
  }
}
