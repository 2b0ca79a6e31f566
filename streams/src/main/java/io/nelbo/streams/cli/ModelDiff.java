package io.nelbo.streams.cli;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.score.ModelVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What distinguishes one version of a model from another, weights aside.
 *
 * @param added features that only the second has
 * @param removed features that only the first has
 * @param changed features of both that are not the same
 * @param quantiles the score at which each p-value is reached, under the first and the second
 */
record ModelDiff(
    List<String> added, List<String> removed, List<Changed> changed, List<Quantile> quantiles) {
  private static final List<Double> P_VALUES = List.of(0.5, 0.1, 0.01, 0.001);

  /**
   * A feature that is not the same in both.
   *
   * @param shift of the mean, in scales of the first; 0 unless continuous in both
   * @param widened by which factor the scale grew; 1 unless continuous in both
   * @param newValues of the vocabulary, that only the second has
   * @param lostValues of the vocabulary, that only the first has
   */
  record Changed(
      FeatureSpec first,
      FeatureSpec second,
      double shift,
      double widened,
      List<String> newValues,
      List<String> lostValues) {
    static Changed of(FeatureSpec first, FeatureSpec second) {
      boolean continuous =
          first.kind() == FeatureKind.CONTINUOUS && second.kind() == FeatureKind.CONTINUOUS;
      return new Changed(
          first,
          second,
          continuous ? (second.mean() - first.mean()) / first.scale() : 0,
          continuous ? second.scale() / first.scale() : 1,
          without(second.vocabulary(), first.vocabulary()),
          without(first.vocabulary(), second.vocabulary()));
    }

    /** The order of a vocabulary is no difference. */
    boolean isSame() {
      return first.kind() == second.kind()
          && first.mayBeMissing() == second.mayBeMissing()
          && shift == 0
          && widened == 1
          && newValues.isEmpty()
          && lostValues.isEmpty();
    }
  }

  record Quantile(double pValue, double first, double second) {}

  static ModelDiff of(ModelVersion first, ModelVersion second) {
    Map<String, FeatureSpec> before = byName(first);
    Map<String, FeatureSpec> after = byName(second);
    List<Changed> changed = new ArrayList<>();
    before.forEach(
        (name, spec) -> {
          FeatureSpec other = after.get(name);
          if (other != null && !Changed.of(spec, other).isSame()) {
            changed.add(Changed.of(spec, other));
          }
        });
    return new ModelDiff(
        without(List.copyOf(after.keySet()), List.copyOf(before.keySet())),
        without(List.copyOf(before.keySet()), List.copyOf(after.keySet())),
        changed,
        P_VALUES.stream()
            .map(
                p ->
                    new Quantile(
                        p,
                        first.model().calibration().scoreAt(p),
                        second.model().calibration().scoreAt(p)))
            .toList());
  }

  private static Map<String, FeatureSpec> byName(ModelVersion version) {
    Map<String, FeatureSpec> byName = new LinkedHashMap<>();
    version.model().features().specs().forEach(spec -> byName.put(spec.name(), spec));
    return byName;
  }

  private static List<String> without(List<String> all, List<String> others) {
    return all.stream().filter(one -> !others.contains(one)).toList();
  }
}
