package io.nelbo.model.drift;

import io.nelbo.model.drift.FeatureShift.What;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Compares records with a training window, feature by feature: the share missing, the mean and
 * spread of numbers, the share of true, of OTHER and of each known value.
 *
 * <p>What chance explains is left out: sizes below four standard errors. Shares are compared by
 * Cohen's h, 2 |asin √now − asin √then| (Statistical Power Analysis for the Behavioral Sciences,
 * 1988), which like a mean in scales has a standard error of about 1 / √records.
 */
public final class FeatureShifts {
  private static final double STANDARD_ERRORS = 4;

  /** A spread that is gone altogether counts as one that is so many times less. */
  private static final double MOST_RATIO = 20;

  private final Features features;
  private final double[][] records;
  private final List<FeatureShift> shifts = new ArrayList<>();

  private FeatureShifts(Features features, double[][] records) {
    this.features = features;
    this.records = records;
  }

  /**
   * Returns the features that have shifted most, the most shifted first, each with what of it has
   * shifted most.
   *
   * @param records observations of the features, NaN where missing
   */
  public static List<FeatureShift> most(Features features, double[][] records, int atMost) {
    FeatureShifts found = new FeatureShifts(features, records);
    for (int j = 0; j < features.count(); j++) {
      found.compare(j);
    }
    return found.shifts.stream()
        .sorted(Comparator.comparingDouble(shift -> -shift.size()))
        .limit(atMost)
        .toList();
  }

  private void compare(int feature) {
    FeatureSpec spec = features.specs().get(feature);
    double[] counts = new double[Math.max(2, spec.width())];
    double mean = 0;
    int present = 0;
    for (double[] record : records) {
      double value = record[feature];
      if (!Double.isNaN(value)) {
        present++;
        mean += (value - mean) / present;
        if (spec.kind() != FeatureKind.CONTINUOUS) {
          counts[(int) value]++;
        }
      }
    }
    List<FeatureShift> found = new ArrayList<>();
    double missing = spec.mayBeMissing() ? spec.figures().missing() : 0;
    if (records.length > 0 && !Double.isNaN(missing)) {
      share(
          What.MISSING,
          spec.name(),
          1 - (double) present / records.length,
          missing,
          records.length,
          found);
    }
    if (present > 0) {
      switch (spec.kind()) {
        case CONTINUOUS -> number(spec, feature, mean, present, found);
        case BINARY -> values(spec, new double[] {counts[1]}, present, found);
        case CATEGORICAL -> values(spec, counts, present, found);
      }
    }
    found.stream().max(Comparator.comparingDouble(FeatureShift::size)).ifPresent(shifts::add);
  }

  private void number(
      FeatureSpec spec, int feature, double mean, int present, List<FeatureShift> found) {
    double squares = 0;
    for (double[] record : records) {
      double off = (record[feature] - mean) / spec.scale();
      squares += Double.isNaN(off) ? 0 : off * off;
    }
    double spread = Math.sqrt(squares / present);
    double size = Math.abs(mean - spec.mean()) / spec.scale();
    add(What.MEAN, spec.name(), mean, spec.mean(), size, present, found);
    boolean isTold = !spec.isConstant() || spread > 1;
    double ratio = Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, spread));
    if (isTold) {
      add(
          What.SPREAD,
          spec.name(),
          spread * spec.scale(),
          spec.scale(),
          Math.abs(Math.log(ratio)),
          present,
          found);
    }
  }

  private static void values(
      FeatureSpec spec, double[] counts, int present, List<FeatureShift> found) {
    List<Double> then = spec.figures().shares();
    for (int value = 0; value < Math.min(then.size(), counts.length); value++) {
      boolean isOther = spec.kind() == FeatureKind.CATEGORICAL && value == 0;
      String which =
          spec.kind() == FeatureKind.BINARY
              ? " true"
              : isOther ? "" : " " + spec.vocabulary().get(value - 1);
      share(
          isOther ? What.OTHER : What.SHARE,
          spec.name() + which,
          counts[value] / present,
          then.get(value),
          present,
          found);
    }
  }

  private static void share(
      What what, String name, double now, double then, int records, List<FeatureShift> found) {
    double h = 2 * Math.abs(Math.asin(Math.sqrt(now)) - Math.asin(Math.sqrt(then)));
    add(what, name, now, then, h, records, found);
  }

  private static void add(
      What what,
      String name,
      double now,
      double then,
      double size,
      int records,
      List<FeatureShift> found) {
    if (size > STANDARD_ERRORS / Math.sqrt(records)) {
      found.add(new FeatureShift(name, what, now, then, size));
    }
  }
}
