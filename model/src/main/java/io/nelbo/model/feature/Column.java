package io.nelbo.model.feature;

/**
 * A named column of a window before anything is learned from it.
 *
 * @param mayBeMissing whether the column's schema allows a record without it; a column that lacks a
 *     value in the window is treated as if it did
 */
public record Column(String name, FeatureKind kind, boolean mayBeMissing) {
  public Column {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a column needs a name, was blank");
    }
  }
}
