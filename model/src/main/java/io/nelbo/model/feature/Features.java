package io.nelbo.model.feature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The features of a model, in order, and the way from an observation to the encoder's input.
 *
 * <p>An observation is one double a feature: the number, in the record's units, of a continuous
 * feature, 0 or 1 of a binary one, the {@linkplain #code code} of a categorical one (0 is OTHER),
 * NaN where the value is missing. The encoder's input holds the features' values in order, {@link
 * FeatureSpec#width} each, then one mask input for each feature that may be missing: 1 where it is.
 *
 * <p>Immutable, and therefore safe to share.
 */
public final class Features {
  /** The bound, in scales, on what the encoder sees of a continuous value. */
  public static final float INPUT_CLIP = 10;

  /** Rarer values of a categorical column belong to OTHER. */
  static final int MIN_OCCURRENCES = 2;

  static final int MAX_VOCABULARY = 64;

  /** A column whose deviation is below this share of its mean counts as constant. */
  private static final double CONSTANT = 1e-6;

  /** The scale of a constant, as a share of its value: 0.1 % off is a wobble, 10 % is not. */
  private static final double CONSTANT_SCALE = 0.02;

  private final List<FeatureSpec> specs;
  private final List<Map<String, Integer>> codes;
  private final int[] offsets;
  private final EncoderInput encoderInput;
  private final int outputs;
  private final int inputs;
  private final int continuous;

  private Features(List<FeatureSpec> specs) {
    this.specs = List.copyOf(specs);
    codes = new ArrayList<>();
    offsets = new int[specs.size()];
    int width = 0;
    int masks = 0;
    int numbers = 0;
    for (int j = 0; j < specs.size(); j++) {
      FeatureSpec spec = specs.get(j);
      offsets[j] = width;
      width += spec.width();
      masks += spec.mayBeMissing() ? 1 : 0;
      numbers += spec.kind() == FeatureKind.CONTINUOUS ? 1 : 0;
      Map<String, Integer> codesOfFeature = new HashMap<>();
      spec.vocabulary().forEach(value -> codesOfFeature.put(value, codesOfFeature.size() + 1));
      codes.add(codesOfFeature);
    }
    outputs = width;
    inputs = width + masks;
    continuous = numbers;
    encoderInput = new EncoderInput(this.specs, offsets, outputs);
  }

  public static Features of(List<FeatureSpec> specs) {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one feature, was given none");
    }
    return new Features(specs);
  }

  /**
   * Learns scaling and vocabularies from a window. Columns without a single value are left out.
   *
   * @throws IllegalArgumentException if no column is left
   */
  public static Features fit(Observations window) {
    List<FeatureSpec> specs = new ArrayList<>();
    for (int column = 0; column < window.columns().size(); column++) {
      fit(window, column, specs);
    }
    if (specs.isEmpty()) {
      throw new IllegalArgumentException(
          "no column of the window has a value: "
              + window.size()
              + " rows, "
              + window.columns().size()
              + " columns");
    }
    return new Features(specs);
  }

  private static void fit(Observations window, int column, List<FeatureSpec> specs) {
    Column c = window.columns().get(column);
    int present = 0;
    for (int row = 0; row < window.size(); row++) {
      present += Double.isNaN(window.value(row, column)) ? 0 : 1;
    }
    if (present == 0) {
      return;
    }
    boolean mayBeMissing = c.mayBeMissing() || present < window.size();
    double missing = 1 - (double) present / window.size();
    switch (c.kind()) {
      case CONTINUOUS -> {
        double mean = mean(window, column, present);
        specs.add(
            FeatureSpec.continuous(
                    c.name(), mean, scale(window, column, mean, present), mayBeMissing)
                .with(new TrainingFigures(missing, List.of())));
      }
      case BINARY ->
          specs.add(
              FeatureSpec.binary(c.name(), mayBeMissing)
                  .with(
                      new TrainingFigures(
                          missing, List.of(Math.min(1, mean(window, column, present))))));
      case CATEGORICAL -> {
        Map<String, Integer> occurrences = occurrences(window, column);
        List<String> vocabulary = vocabulary(occurrences);
        if (!vocabulary.isEmpty()) {
          specs.add(
              FeatureSpec.categorical(c.name(), vocabulary, mayBeMissing)
                  .with(new TrainingFigures(missing, shares(vocabulary, occurrences, present))));
        }
      }
    }
  }

  /** The mean, by terms that cannot overflow however large a value is. */
  private static double mean(Observations window, int column, int present) {
    double mean = 0;
    for (int row = 0; row < window.size(); row++) {
      double value = window.value(row, column);
      mean += Double.isNaN(value) ? 0 : value / present;
    }
    return mean;
  }

  /** The deviation, by terms relative to the greatest, for the same reason. */
  private static double scale(Observations window, int column, double mean, int present) {
    double greatest = 0;
    for (int row = 0; row < window.size(); row++) {
      double off = Math.abs(window.value(row, column) - mean);
      greatest = off > greatest ? Math.min(off, Double.MAX_VALUE) : greatest;
    }
    double sumOfSquares = 0;
    for (int row = 0; row < window.size() && greatest > 0; row++) {
      double off = (window.value(row, column) - mean) / greatest;
      sumOfSquares += Double.isNaN(off) ? 0 : Math.min(off * off, 1);
    }
    double deviation = greatest * Math.sqrt(sumOfSquares / present);
    if (deviation > CONSTANT * Math.abs(mean)) {
      return deviation;
    }
    return scaleOfConstant(mean);
  }

  static double scaleOfConstant(double value) {
    return value == 0 ? 1 : Math.max(Double.MIN_NORMAL, CONSTANT_SCALE * Math.abs(value));
  }

  private static Map<String, Integer> occurrences(Observations window, int column) {
    Map<String, Integer> occurrences = new HashMap<>();
    for (int row = 0; row < window.size(); row++) {
      if (!Double.isNaN(window.value(row, column))) {
        occurrences.merge(window.category(row, column), 1, Integer::sum);
      }
    }
    return occurrences;
  }

  private static List<String> vocabulary(Map<String, Integer> occurrences) {
    return occurrences.entrySet().stream()
        .filter(e -> e.getValue() >= MIN_OCCURRENCES)
        .sorted(
            Comparator.<Map.Entry<String, Integer>>comparingInt(e -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(MAX_VOCABULARY)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The shares of OTHER and of each known value among the rows that have one. */
  private static List<Double> shares(
      List<String> vocabulary, Map<String, Integer> occurrences, int present) {
    List<Double> shares = new ArrayList<>();
    int other = present;
    for (String value : vocabulary) {
      int count = occurrences.getOrDefault(value, 0);
      shares.add((double) count / present);
      other -= count;
    }
    shares.add(0, (double) other / present);
    return shares;
  }

  public List<FeatureSpec> specs() {
    return specs;
  }

  public int count() {
    return specs.size();
  }

  /** The width of the encoder's input, masks included. */
  public int inputs() {
    return inputs;
  }

  /** The number of decoder locations: means, logits and softmax inputs, in feature order. */
  public int outputs() {
    return outputs;
  }

  /** The number of continuous features, which is the number of decoder variances. */
  public int continuous() {
    return continuous;
  }

  /** The index of a feature's first decoder location, which is that of its first encoder input. */
  public int offset(int feature) {
    return offsets[feature];
  }

  /** Returns the code of a category: its place in the vocabulary plus 1, or 0 for OTHER. */
  public int code(int feature, String category) {
    Integer code = codes.get(feature).get(category);
    return code == null ? 0 : code;
  }

  /** Returns the category of a code, {@code "OTHER"} for 0. */
  public String category(int feature, int code) {
    return code == 0 ? "OTHER" : specs.get(feature).vocabulary().get(code - 1);
  }

  /** Writes the encoder's input, clipped to ±{@value #INPUT_CLIP}, for an observation. */
  public void writeInput(double[] observation, float[] input) {
    encoderInput.write(observation, input);
  }

  /**
   * Writes the encoder's input for the first of the observations side by side, and on the way what
   * their continuous values are, standardised, before they are clipped.
   *
   * @param standardised continuous feature after continuous feature; NaN where missing
   * @param ordinary is told of each continuous feature whether no value is missing or clipped
   * @param width how many there is room for: the values of one feature stand together
   */
  public void writeInput(
      double[][] observations,
      int count,
      float[] input,
      double[] standardised,
      boolean[] ordinary,
      int width) {
    encoderInput.write(observations, count, input, standardised, ordinary, width);
  }

  /**
   * Turns the rows of a window into observations of these features, found by name; a feature that
   * the window lacks, or holds as another kind, is missing.
   */
  public double[][] translate(Observations window) {
    double[][] observations = new double[window.size()][specs.size()];
    for (int j = 0; j < specs.size(); j++) {
      int column = column(window, specs.get(j));
      for (int row = 0; row < window.size(); row++) {
        double value = column < 0 ? Double.NaN : window.value(row, column);
        if (specs.get(j).kind() == FeatureKind.CATEGORICAL && !Double.isNaN(value)) {
          value = code(j, window.category(row, column));
        }
        observations[row][j] = value;
      }
    }
    return observations;
  }

  private static int column(Observations window, FeatureSpec spec) {
    for (int column = 0; column < window.columns().size(); column++) {
      Column c = window.columns().get(column);
      if (c.name().equals(spec.name()) && c.kind() == spec.kind()) {
        return column;
      }
    }
    return -1;
  }
}
