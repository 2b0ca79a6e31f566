package io.nelbo.model.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A window of observations, oldest first: the rows a model is fitted to.
 *
 * <p>A row holds one double a column: the number of a continuous column, 0 or 1 of a binary one,
 * the {@linkplain #code code} of a categorical one, NaN where the value is missing. Codes are this
 * window's own, in order of appearance; {@link Features#translate} turns them into a model's. NOT
 * thread safe while rows are added.
 */
public final class Observations {
  private final List<Column> columns;
  private final List<Map<String, Integer>> codes;
  private final List<List<String>> categories;
  private double[] values = new double[0];
  private int size;

  public Observations(List<Column> columns) {
    this.columns = List.copyOf(columns);
    codes = new ArrayList<>();
    categories = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      codes.add(new HashMap<>());
      categories.add(new ArrayList<>());
    }
  }

  private Observations(Observations shared) {
    columns = shared.columns;
    codes = shared.codes;
    categories = shared.categories;
  }

  public List<Column> columns() {
    return columns;
  }

  public int size() {
    return size;
  }

  /** Returns the code of a category in this window, a new one at its first appearance. */
  public int code(int column, String category) {
    Integer known = codes.get(column).get(category);
    if (known != null) {
      return known;
    }
    int code = categories.get(column).size();
    codes.get(column).put(category, code);
    categories.get(column).add(category);
    return code;
  }

  /** Appends a copy of the row, which holds one finite value or NaN for each column. */
  public void add(double[] row) {
    if (row.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row has " + columns.size() + " columns, was " + row.length);
    }
    int start = size * columns.size();
    if (values.length < start + row.length) {
      values = Arrays.copyOf(values, Math.max(start + row.length, 2 * values.length));
    }
    System.arraycopy(row, 0, values, start, row.length);
    size++;
  }

  public double value(int row, int column) {
    return values[row * columns.size() + column];
  }

  /** Returns the category of a categorical column; the value must not be missing. */
  public String category(int row, int column) {
    return categories.get(column).get((int) value(row, column));
  }

  /** Returns the named rows, in that order, as a window of their own with the same codes. */
  public Observations select(int[] rows) {
    Observations selected = new Observations(this);
    selected.values = new double[rows.length * columns.size()];
    for (int row : rows) {
      System.arraycopy(
          values,
          row * columns.size(),
          selected.values,
          selected.size++ * columns.size(),
          columns.size());
    }
    return selected;
  }
}
