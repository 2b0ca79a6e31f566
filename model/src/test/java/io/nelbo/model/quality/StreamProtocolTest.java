package io.nelbo.model.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamProtocolTest {
  private static final int RECORDS = 2000;

  private final boolean[] anomalous = new boolean[RECORDS];

  @Test
  void withoutRetrainingTheFirstRecordsDecide() throws TrainingException {
    Evaluation run = run(stream(0), new Initial(400, true), 300, Retraining.NEVER);

    assertThat(run.trained()).isEqualTo(400);
    // The first 400 normal records, every fifth being none, end with row 498.
    assertThat(run.ranking().records()).isEqualTo(1501);
    assertThat(learned(run)).isZero();
    assertThat(run.ranking().auroc()).isGreaterThan(0.95);
  }

  @Test
  void eachBlockButTheLastIsLearnedFromOrVetoed() throws TrainingException {
    Evaluation run = run(stream(0), new Initial(500, false), 400, Retraining.ALWAYS);

    assertThat(run.ranking().records()).isEqualTo(1500);
    assertThat(learned(run)).isEqualTo(3);
  }

  @Test
  void whatDriftsIsFollowedByRetrainingOnly() throws TrainingException {
    Observations drifting = stream(0.02);

    Evaluation never = run(drifting, new Initial(400, true), 100, Retraining.NEVER);
    Evaluation always = run(drifting, new Initial(400, true), 100, Retraining.ALWAYS);

    assertThat(always.retrainings(StreamInterval.Outcome.REPLACED)).isPositive();
    assertThat(always.alerts().get(0).alarms().falseRate())
        .isLessThan(never.alerts().get(0).alarms().falseRate() / 2);
  }

  @Test
  void policyKeepsWhatOutliersBesideUnchangedTrafficWouldSpoil() throws TrainingException {
    Observations steady = stream(0);

    Evaluation never = run(steady, new Initial(400, true), 150, Retraining.NEVER);
    Evaluation policy = run(steady, new Initial(400, true), 150, Retraining.POLICY);

    assertThat(policy.intervals())
        .hasSize(11)
        .anySatisfy(i -> assertThat(i.outcome()).isEqualTo(StreamInterval.Outcome.VETOED))
        .noneSatisfy(i -> assertThat(i.outcome()).isEqualTo(StreamInterval.Outcome.REPLACED));
    assertThat(policy.ranking()).isEqualTo(never.ranking());
  }

  @Test
  void policyFollowsWhatDrifts() throws TrainingException {
    Observations drifting = stream(0.005);

    Evaluation never = run(drifting, new Initial(400, true), 100, Retraining.NEVER);
    Evaluation policy = run(drifting, new Initial(400, true), 100, Retraining.POLICY);

    assertThat(policy.retrainings(StreamInterval.Outcome.REPLACED)).isPositive();
    assertThat(policy.alerts().get(0).alarms().falseRate())
        .isLessThan(never.alerts().get(0).alarms().falseRate() / 2);
  }

  @Test
  void intervalsDivideAStreamEvenly() {
    assertThat(new Interval(Interval.Unit.INTERVALS, 12).records(1501)).isEqualTo(126);
    assertThat(new Interval(Interval.Unit.RECORDS, 300).records(1501)).isEqualTo(300);
  }

  @Test
  void aStreamShorterThanItsBeginningIsRefused() {
    assertThatThrownBy(() -> run(stream(0), new Initial(1700, true), 100, Retraining.NEVER))
        .isInstanceOf(TrainingException.class)
        .hasMessage("the first 1,700 normal records were asked for, there are 1,600");
  }

  private static long learned(Evaluation run) {
    return run.retrainings(StreamInterval.Outcome.REPLACED)
        + run.retrainings(StreamInterval.Outcome.VETOED);
  }

  private Evaluation run(Observations data, Initial initial, int block, Retraining retraining)
      throws TrainingException {
    return Evaluation.of(
        Detector.PCA,
        data,
        anomalous,
        Protocol.stream(initial, new Interval(Interval.Unit.RECORDS, block), 500, retraining, 0.01),
        List.of(0.01),
        TrainingConfig.defaults(),
        TrainingListener.SILENT);
  }

  /** Two numbers that go together and wander off; every fifth record breaks the bond. */
  private Observations stream(double drift) {
    Observations data =
        new Observations(
            List.of(
                new Column("x", FeatureKind.CONTINUOUS, false),
                new Column("y", FeatureKind.CONTINUOUS, false)));
    SplittableRandom random = new SplittableRandom(3);
    for (int row = 0; row < RECORDS; row++) {
      anomalous[row] = row % 5 == 4;
      double x = random.nextGaussian();
      double y = x + 0.1 * random.nextGaussian() + (anomalous[row] ? 2 : 0);
      data.add(new double[] {x + drift * row, y + drift * row});
    }
    return data;
  }
}
