package io.nelbo.streams.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** The step over a map or an array some of whose entries are features. */
final class Elements {
  static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,5}");

  private final Schema schema;
  private final int prefix;
  private final ByteCodes keys = new ByteCodes();
  private final List<Step> entries = new ArrayList<>();
  private Step[] items = new Step[0];

  /**
   * Begins with no feature.
   *
   * @param prefix how long the part of the features' names is that is the field's
   */
  Elements(Schema schema, int prefix) {
    this.schema = schema;
    this.prefix = prefix;
  }

  boolean isCollection() {
    return schema.getType() == Schema.Type.MAP || schema.getType() == Schema.Type.ARRAY;
  }

  Schema item() {
    return schema.getType() == Schema.Type.MAP ? schema.getValueType() : schema.getElementType();
  }

  /** Adds a feature and returns whether it can be one of the elements. */
  boolean add(Read read, Step value) {
    String key = read.name().substring(prefix);
    int slot = read.slot();
    Step step =
        (in, row) -> {
          row.put(slot, Double.NaN); // of two entries with one key the later one counts
          value.run(in, row);
        };
    if (schema.getType() == Schema.Type.MAP) {
      entries.add(step);
      keys.put(key.getBytes(UTF_8), entries.size());
      return true;
    }
    if (!INDEX.matcher(key).matches()) {
      return false;
    }
    int index = Integer.parseInt(key);
    if (index >= items.length) {
      items = Arrays.copyOf(items, index + 1);
    }
    items[index] = step;
    return true;
  }

  /** Returns the step, which passes over the other elements by that step of theirs. */
  Step step(Step other) {
    return schema.getType() == Schema.Type.MAP ? map(other) : array(other);
  }

  private Step map(Step other) {
    Step[] steps = entries.toArray(Step[]::new);
    return Skip.items(
        (in, row) -> {
          int length = in.readLength();
          int entry = keys.get(in.array(), in.skip(length), length);
          (entry == 0 ? other : steps[entry - 1]).run(in, row);
        });
  }

  private Step array(Step other) {
    Step[] steps = items.clone();
    for (int i = 0; i < steps.length; i++) {
      steps[i] = steps[i] == null ? other : steps[i];
    }
    return (in, row) -> {
      int next = 0;
      for (long block = in.readBlock(); block > 0; block = in.readBlock()) {
        for (long i = 0; i < block; i++) {
          (next < steps.length ? steps[next++] : other).run(in, row);
        }
      }
    };
  }
}
