package io.nelbo.streams.trainer;

import io.nelbo.model.drift.CalibrationWatch;
import io.nelbo.model.drift.Evidence;
import io.nelbo.model.drift.FeatureShift;
import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.DriftState;
import io.nelbo.schemas.WatchedInterval;
import io.nelbo.streams.models.CurrentModel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each interval whether the calibration of the model in force is lost, and finds that once
 * a version at most. NOT thread safe.
 */
final class CalibrationGuard {
  private static final int MOST_FEATURES = 3;

  private final DriftMemory memory;
  private final CurrentModel current;
  private final RecentFeatures features;
  private @Nullable ModelVersion watched;
  private @Nullable CalibrationWatch watch;

  CalibrationGuard(DriftMemory memory, CurrentModel current, RecentFeatures features) {
    this.memory = memory;
    this.current = current;
    this.features = features;
  }

  /** What there is to tell of a calibration that is lost. */
  record Lost(String sentence, Map<String, Double> numbers) {}

  /** Adds an interval that a version scored; null unless its calibration is now found lost. */
  @Nullable Lost look(long version, OpenIntervals.Closed interval) {
    DriftState state = memory.load(version);
    List<WatchedInterval> intervals = state.getIntervals();
    PValueCounts counts = interval.counts();
    intervals.add(new WatchedInterval(interval.from(), counts.flagged(), counts.bins()));
    if (intervals.size() > CalibrationWatch.HORIZON) {
      intervals.remove(0);
    }
    ModelVersion model = current.get();
    Lost lost = null;
    // Another version is in force already where this trainer lags behind its detectors.
    if (!state.getLost() && model != null && model.version() == version) {
      lost = look(model, intervals, counts.alpha());
      state.setLost(lost != null);
    }
    memory.save(state);
    return lost;
  }

  private @Nullable Lost look(ModelVersion model, List<WatchedInterval> intervals, double alpha) {
    Evidence evidence =
        watch(model, alpha)
            .evidence(
                intervals.stream()
                    .map(i -> PValueCounts.of(alpha, i.getFlagged(), i.getBins()))
                    .toList());
    if (!evidence.isEnough()) {
      return null;
    }
    long since = intervals.get(intervals.size() - evidence.intervals()).getFrom();
    List<FeatureShift> shifts =
        features.shifts(model.model().features(), Instant.ofEpochMilli(since), MOST_FEATURES);
    return new Lost(sentence(evidence, shifts), numbers(evidence, shifts));
  }

  private CalibrationWatch watch(ModelVersion model, double alpha) {
    CalibrationWatch ready = watch;
    if (ready == null || !model.equals(watched)) {
      ready = CalibrationWatch.of(model.model().calibration(), alpha);
      watch = ready;
      watched = model;
    }
    return ready;
  }

  private static String sentence(Evidence evidence, List<FeatureShift> shifts) {
    return evidence.describe()
        + "; "
        + (shifts.isEmpty()
            ? "no feature by itself has shifted"
            : String.join("; ", shifts.stream().map(FeatureShift::describe).toList()));
  }

  private static Map<String, Double> numbers(Evidence evidence, List<FeatureShift> shifts) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("log10Evidence", evidence.log10());
    numbers.put("intervals", (double) evidence.intervals());
    numbers.put("records", (double) evidence.records());
    numbers.put("edge", evidence.edge());
    numbers.put("share", evidence.share());
    numbers.put("expected", evidence.expected());
    for (FeatureShift shift : shifts) {
      String name = shift.feature() + "." + shift.what().name().toLowerCase(Locale.ROOT);
      numbers.put(name, shift.now());
      numbers.put(name + ".trained", shift.then());
    }
    return numbers;
  }
}
