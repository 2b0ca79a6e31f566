package io.nelbo.streams.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.feature.Features;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.streams.TestModels;
import java.util.Collections;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class PublishedModelTest {
  private static final Serializer<Model> SERIALIZER = AvroSerde.of(Model.class).serializer();

  @Test
  void modelTooLargeForAMessageIsRefusedWithBothSizesAndTheRemedy() {
    assertThat(PublishedModel.bytes(large(1), "models", SERIALIZER)).hasSizeGreaterThan(400_000);
    assertThatThrownBy(() -> PublishedModel.bytes(large(3), "models", SERIALIZER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "the model is 1,[0-9]{3},[0-9]{3} bytes, a message of Kafka holds at most 1,048,064:"
                + " leave features out with features.exclude or set model.profile=fast");
  }

  /** Each member is of about 420,000 bytes. */
  private static ModelVersion large(int members) {
    ModelVersion small = TestModels.version(1);
    TrainedModel model = small.model();
    Features features = model.features();
    Vae vae = model.ensemble().members().get(0).vae();
    Shape shape =
        new Shape(features.inputs(), 400, 128, 64, features.outputs(), features.continuous());
    Weights weights = Weights.of(shape, new float[Weights.count(shape)]);
    Member member =
        new Member(
            new Vae(features, vae.likelihood(), vae.discreteFloor(), weights), new float[400]);
    TrainedModel large =
        new TrainedModel(
            new Ensemble(Collections.nCopies(members, member)),
            model.baseline(),
            model.calibration(),
            model.selfTest(),
            0);
    return new ModelVersion(small.name(), 1, small.trainedAt(), large, small.report());
  }
}
