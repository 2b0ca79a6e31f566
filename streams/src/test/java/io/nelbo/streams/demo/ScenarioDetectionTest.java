package io.nelbo.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.model.train.VaeTrainer;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.Decoded;
import io.nelbo.streams.input.FeatureSelection;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaColumns;
import io.nelbo.streams.local.Episode;
import io.nelbo.streams.local.Generated;
import io.nelbo.streams.local.Scenario;
import io.nelbo.streams.local.ScenarioName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The planted anomalies are what they are said to be: hard for a rule, clear to a VAE. */
class ScenarioDetectionTest {
  private static final int WARM_UP = DemoSettings.WARM_UP_RECORDS;
  private static final int SCORED = 150_000;
  private static final double ALERT_RATE = 0.001;

  @ParameterizedTest
  @EnumSource
  void vaeCatchesWhatThreeSigmaMisses(ScenarioName name) throws Exception {
    Scenario scenario = name.start(11);
    Reading reading = new Reading(scenario);
    ThreeSigma threeSigma = new ThreeSigma(scenario.schema(), WARM_UP);
    TrainedModel model = train(scenario, reading, threeSigma);
    Features features = model.features();
    Scorer scorer = new Scorer(model);
    double[] observation = new double[features.count()];
    Set<Integer> planted = new HashSet<>();
    Set<Integer> caught = new HashSet<>();
    Set<Integer> caughtByRule = new HashSet<>();
    int falseAlerts = 0;

    for (int i = 0; i < SCORED; i++) {
      Generated generated = scenario.next();
      reading.reader.observe(reading.decode(generated.value()), features, observation);
      scorer.score(observation);
      boolean alert = scorer.pValue() <= ALERT_RATE;
      boolean outlier = threeSigma.flags(generated.value());
      Episode episode = generated.episode();
      if (episode != null) {
        planted.add(episode.number());
        if (alert) {
          caught.add(episode.number());
        }
        if (outlier) {
          caughtByRule.add(episode.number());
        }
      } else if (alert) {
        falseAlerts++;
      }
    }

    assertThat(planted).hasSizeGreaterThan(10);
    assertThat(caught.size()).isGreaterThanOrEqualTo((int) Math.ceil(0.9 * planted.size()));
    assertThat(caughtByRule.size()).isLessThan(planted.size() / 2);
    assertThat((double) falseAlerts / SCORED).isBetween(0.02 * ALERT_RATE, 3 * ALERT_RATE);
  }

  private static TrainedModel train(Scenario scenario, Reading reading, ThreeSigma threeSigma)
      throws Exception {
    Observations window =
        new Observations(SchemaColumns.of(scenario.schema(), FeatureSelection.all()).columns());
    for (int i = 0; i < WARM_UP; i++) {
      SpecificRecordBase record = scenario.next().value();
      threeSigma.flags(record);
      reading.reader.addTo(window, reading.decode(record));
    }
    return VaeTrainer.train(
            window,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60),
            TrainingConfig.defaults().withDevice(DeviceChoice.CPU),
            TrainingListener.SILENT)
        .model();
  }

  /** Records as the detector sees them: through their bytes. */
  private static final class Reading {
    final ObservationReader reader;
    private final BinaryMessageEncoder<SpecificRecordBase> encoder;

    Reading(Scenario scenario) {
      reader = new ObservationReader(FixedSchemas.of(List.of(scenario.schema())));
      encoder = new BinaryMessageEncoder<>(new SpecificData(), scenario.schema());
    }

    Decoded decode(SpecificRecordBase record) throws IOException, BadRecordException {
      ByteBuffer encoded = encoder.encode(record);
      byte[] value = new byte[encoded.remaining()];
      encoded.get(value);
      return reader.decode(value);
    }
  }
}
