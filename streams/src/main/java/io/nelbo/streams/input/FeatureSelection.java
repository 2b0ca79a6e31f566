package io.nelbo.streams.input;

import java.util.List;

/**
 * The user's say in which fields are features, by dotted name. A name stands for the field and, if
 * that is a record, for all below it.
 *
 * @param include the only fields to use; empty means all that can be used
 * @param exclude fields to leave out
 * @param categorical fields to read as categories, such as strings and integer codes
 */
public record FeatureSelection(
    List<String> include, List<String> exclude, List<String> categorical) {
  public FeatureSelection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    categorical = List.copyOf(categorical);
  }

  /** Every field that can be used, as the schema says. */
  public static FeatureSelection all() {
    return new FeatureSelection(List.of(), List.of(), List.of());
  }
}
