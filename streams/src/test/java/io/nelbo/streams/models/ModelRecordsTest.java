package io.nelbo.streams.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Feature;
import io.nelbo.schemas.FeatureKind;
import io.nelbo.schemas.Member;
import io.nelbo.schemas.Model;
import io.nelbo.streams.TestModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelRecordsTest {
  private final ModelVersion version = TestModels.version(3);

  @Test
  void modelComesBackFromItsBytesAndScoresTheSame() {
    AvroSerde<Model> serde = AvroSerde.of(Model.class);
    byte[] bytes = serde.serializer().serialize("models", ModelRecords.toAvro(version));

    ModelVersion back = ModelRecords.fromAvro(serde.deserializer().deserialize("models", bytes));

    assertThat(back.name()).isEqualTo("vae");
    assertThat(back.version()).isEqualTo(3);
    assertThat(back.trainedAt()).isEqualTo(version.trainedAt());
    assertThat(back.report()).isEqualTo(version.report());
    assertThat(back.model().sha256()).isEqualTo(version.model().sha256());
    double[] observation = {Double.NaN, 1, 2};
    assertThat(new Scorer(back.model()).score(observation))
        .isEqualTo(new Scorer(version.model()).score(observation));
  }

  @Test
  void ensembleComesBackAndScoresTheSame() {
    ModelVersion ensemble = TestModels.ensemble(5);

    ModelVersion back = ModelRecords.fromAvro(ModelRecords.toAvro(ensemble));

    assertThat(back.model().ensemble().members()).hasSize(2);
    assertThat(back.model().ensemble().members().get(1).vae().shape())
        .isEqualTo(ensemble.model().ensemble().members().get(1).vae().shape());
    assertThat(back.model().sha256()).isEqualTo(ensemble.model().sha256());
  }

  @ParameterizedTest
  @MethodSource
  void corruptionIsRefused(Consumer<Model> corruption, String reason) {
    Model model = Model.newBuilder(ModelRecords.toAvro(version)).build();
    corruption.accept(model);

    assertThatThrownBy(() -> ModelRecords.fromAvro(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> corruptionIsRefused() {
    return Stream.of(
        corruption(m -> m.setFormatVersion(2), "format version must be 1, was 2"),
        corruption(m -> m.setName(" "), "needs a name"),
        corruption(m -> m.setVersion(0), "version must be at least 1, was 0"),
        corruption(m -> m.setSha256("ab"), "damaged: sha256 must be ab"),
        corruption(m -> m.setFeatures(List.of()), "at least one feature"),
        corruption(m -> m.setFeatures(m.getFeatures().subList(0, 2)), "does not fit features"),
        corruption(m -> feature(m).setScale(0), "scale of flow must be positive"),
        corruption(m -> feature(m).setMean(Double.NaN), "mean of flow must be finite"),
        corruption(m -> feature(m).setMean(12.5), "damaged"),
        corruption(m -> feature(m).setName("running"), "two features are named running"),
        corruption(m -> feature(m).setKind(FeatureKind.CATEGORICAL), "must not be empty"),
        corruption(m -> feature(m).setVocabulary(List.of("a")), "must have no vocabulary"),
        corruption(m -> member(m).getShape().setHidden1(-1), "hidden1 must be from 1"),
        corruption(m -> member(m).getShape().setLatent(0), "latent must be from 1"),
        corruption(
            m -> member(m).getShape().setOutputs(Integer.MAX_VALUE), "outputs must be from 1"),
        corruption(m -> member(m).getShape().setHidden2(5), "the model holds"),
        corruption(m -> member(m).setWeights(ByteBuffer.allocate(7)), "multiple of 4, were 7"),
        corruption(m -> member(m).setWeights(ByteBuffer.allocate(400)), "the model holds 100"),
        corruption(m -> weight(m, Float.NaN), "weight 0 must be finite"),
        corruption(m -> weight(m, 0.125f), "damaged"),
        corruption(m -> m.setDiscreteFloor(0), "discreteFloor must be between 0 and 1"),
        corruption(m -> member(m).setNoise(List.of(1f)), "noise has 0 or 2 values"),
        corruption(m -> member(m).setNoise(List.of(1f, Float.NaN)), "noise must be finite"),
        corruption(m -> m.setMembers(List.of()), "at least one member"),
        corruption(m -> member(m).getShape().setComponents(3), "the model holds"),
        corruption(m -> member(m).getShape().setComponents(-1), "components must be from 0"),
        corruption(m -> member(m).getShape().setLinear(false), "the model holds"),
        corruption(m -> m.setBaseline(List.of(1.0)), "baseline has 4 values"),
        corruption(m -> m.setCalibration(List.of()), "cannot have kept 0"),
        corruption(m -> m.setCalibrationSize(5), "a calibration of 5 scores"),
        corruption(m -> first(m, Double.POSITIVE_INFINITY), "calibration score 0 must be"),
        corruption(m -> first(m, 1e9), "calibration score 1 is below"),
        corruption(m -> m.getSelfTest().setObservation(List.of(1.0)), "self-test has 3 values"),
        corruption(m -> m.getSelfTest().setScore(Double.NaN), "must be finite"));
  }

  @Test
  void modelThatDoesNotScoreItsSelfTestIsRefused() {
    TrainedModel good = version.model();
    TrainedModel wrong =
        new TrainedModel(
            good.ensemble(),
            good.baseline(),
            good.calibration(),
            good.selfTest(),
            good.selfTestScore() + 0.1);
    Model published =
        ModelRecords.toAvro(
            new ModelVersion("vae", 4, version.trainedAt(), wrong, version.report()));

    assertThatThrownBy(() -> ModelRecords.fromAvro(published))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("self-test must score");
  }

  private static Arguments corruption(Consumer<Model> corruption, String reason) {
    return Arguments.of(corruption, reason);
  }

  private static Member member(Model model) {
    return model.getMembers().get(0);
  }

  private static Feature feature(Model model) {
    return model.getFeatures().get(0);
  }

  private static void weight(Model model, float value) {
    member(model).getWeights().duplicate().order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
  }

  private static void first(Model model, double score) {
    List<Double> scores = new ArrayList<>(model.getCalibration());
    scores.set(0, score);
    model.setCalibration(scores);
  }
}
