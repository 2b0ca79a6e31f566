package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.drift.CalibrationWatch;
import io.nelbo.model.drift.Evidence;
import io.nelbo.model.drift.FeatureShift;
import io.nelbo.model.drift.FeatureShifts;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.policy.Decision;
import io.nelbo.model.policy.PValueCounts;
import io.nelbo.model.policy.PolicyState;
import io.nelbo.model.policy.RetrainPolicy;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The watch over the calibration of a model that was really trained. */
class FittedModelWatchTest {
  private static final int RECORDS = 200;

  private static TrainedModel model;
  private static Scorer scorer;
  private static CalibrationWatch watch;

  private final RetrainPolicy policy = RetrainPolicy.of(0.001);

  @BeforeAll
  static void train() throws TrainingException {
    model = Windows.train(Windows.linear(4000, 21), Windows.quick(200)).model();
    scorer = new Scorer(model);
    watch = CalibrationWatch.of(model.calibration(), 0.01);
  }

  @Test
  void noLossInAThousandIntervalsWithoutAShift() {
    List<PValueCounts> intervals = new ArrayList<>();
    double greatest = 0;
    for (int interval = 0; interval < 1_000; interval++) {
      intervals.add(score(Windows.linear(RECORDS, 1_000 + interval), 0));
      greatest = Math.max(greatest, watch.evidence(intervals).log10());
    }

    assertThat(greatest).isLessThan(Evidence.ENOUGH);
  }

  @Test
  void lossIsRaisedBeforeThePolicyRetrains() {
    List<PValueCounts> intervals = new ArrayList<>();
    PolicyState state = PolicyState.INITIAL;
    int lost = 0;
    int retrained = 0;
    while (retrained == 0) {
      // The second number drifts, by a hundredth of its deviation an interval.
      double drift = 0.005 * intervals.size();
      intervals.add(score(Windows.linear(1_000, 5_000 + intervals.size()), drift));
      if (lost == 0 && watch.evidence(intervals).isEnough()) {
        lost = intervals.size();
      }
      Decision decision = policy.decide(state, intervals.get(intervals.size() - 1));
      state = decision.next();
      retrained = decision.action() == Decision.Action.KEEP ? 0 : intervals.size();
    }

    assertThat(lost).isBetween(1, retrained - 1);
  }

  @Test
  void theFeatureThatDriftsIsNamed() {
    double[][] drifted = drifted(Windows.linear(RECORDS, 9), 0.5);

    List<FeatureShift> shifts = FeatureShifts.most(model.features(), drifted, 3);

    assertThat(shifts).extracting(FeatureShift::feature).containsExactly("b");
  }

  private static PValueCounts score(Observations rows, double drift) {
    PValueCounts counts = new PValueCounts(0.01);
    for (double[] row : drifted(rows, drift)) {
      scorer.score(row);
      counts.add(scorer.pValue());
    }
    return counts;
  }

  private static double[][] drifted(Observations rows, double drift) {
    double[][] observations = model.features().translate(rows);
    for (double[] observation : observations) {
      observation[1] += drift;
    }
    return observations;
  }
}
