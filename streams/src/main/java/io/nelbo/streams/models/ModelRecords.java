package io.nelbo.streams.models;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.TrainingFigures;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.ModelCodec;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Vae;
import io.nelbo.schemas.Feature;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.SelfTest;
import java.util.List;

/** Models as they are published: {@link ModelVersion} to and from Avro. */
public final class ModelRecords {
  /** The version of the layout of {@link Model}; a reader refuses any other. */
  static final int FORMAT_VERSION = 1;

  private ModelRecords() {}

  public static Model toAvro(ModelVersion version) {
    TrainedModel model = version.model();
    List<Member> members = model.ensemble().members();
    Vae first = members.get(0).vae();
    return Model.newBuilder()
        .setFormatVersion(FORMAT_VERSION)
        .setName(version.name())
        .setVersion(version.version())
        .setTrainedAt(version.trainedAt())
        .setSha256(model.sha256())
        .setFeatures(model.features().specs().stream().map(ModelRecords::toAvro).toList())
        .setLikelihood(io.nelbo.schemas.ContinuousLikelihood.valueOf(first.likelihood().name()))
        .setDiscreteFloor(first.discreteFloor())
        .setMembers(members.stream().map(WeightRecords::toAvro).toList())
        .setBaseline(Numbers.list(model.baseline()))
        .setCalibration(Numbers.list(model.calibration().kept()))
        .setCalibrationSize(model.calibration().size())
        .setSelfTest(new SelfTest(Numbers.list(model.selfTest()), model.selfTestScore()))
        .setReport(toAvro(version.report()))
        .build();
  }

  /**
   * Rebuilds a published model and checks all of it: the format's version, every shape and number,
   * the SHA-256 of what was rebuilt against the declared one, the score of the self-test.
   *
   * @throws IllegalArgumentException with the reason to refuse it
   */
  public static ModelVersion fromAvro(Model published) {
    if (published.getFormatVersion() != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "format version must be "
              + FORMAT_VERSION
              + ", was "
              + published.getFormatVersion()
              + ": written by a newer Nelbo?");
    }
    if (published.getName().isBlank()) {
      throw new IllegalArgumentException("a model needs a name, was blank");
    }
    TrainedModel model = model(published);
    if (!model.sha256().equals(published.getSha256())) {
      throw new IllegalArgumentException(
          "damaged: sha256 must be "
              + published.getSha256()
              + " as declared, was "
              + model.sha256());
    }
    // Its own bytes read back: scores the self-test.
    ModelCodec.decode(ModelCodec.encode(model));
    return new ModelVersion(
        published.getName(),
        published.getVersion(),
        published.getTrainedAt(),
        model,
        report(published.getReport()));
  }

  private static TrainedModel model(Model published) {
    Features features =
        Features.of(published.getFeatures().stream().map(ModelRecords::feature).toList());
    ContinuousLikelihood likelihood =
        ContinuousLikelihood.valueOf(published.getLikelihood().name());
    List<Member> members =
        published.getMembers().stream()
            .map(
                member ->
                    new Member(
                        new Vae(
                            features,
                            likelihood,
                            published.getDiscreteFloor(),
                            WeightRecords.weights(member.getShape(), member.getWeights())),
                        Numbers.floats(member.getNoise())))
            .toList();
    return new TrainedModel(
        new Ensemble(members),
        Numbers.doubles(published.getBaseline()),
        Calibration.of(published.getCalibrationSize(), Numbers.doubles(published.getCalibration())),
        Numbers.doubles(published.getSelfTest().getObservation()),
        published.getSelfTest().getScore());
  }

  private static Feature toAvro(FeatureSpec spec) {
    return new Feature(
        spec.name(),
        io.nelbo.schemas.FeatureKind.valueOf(spec.kind().name()),
        spec.mean(),
        spec.scale(),
        spec.vocabulary(),
        spec.mayBeMissing(),
        Double.isNaN(spec.figures().missing()) ? null : spec.figures().missing(),
        spec.figures().shares());
  }

  private static FeatureSpec feature(Feature published) {
    List<String> vocabulary = published.getVocabulary();
    FeatureKind kind = FeatureKind.valueOf(published.getKind().name());
    if (kind != FeatureKind.CATEGORICAL && !vocabulary.isEmpty()) {
      throw new IllegalArgumentException(
          published.getName() + " is " + kind + " and must have no vocabulary");
    }
    return new FeatureSpec(
        published.getName(),
        kind,
        published.getMean(),
        published.getScale(),
        vocabulary,
        published.getMayBeMissing(),
        new TrainingFigures(
            published.getMissing() == null ? Double.NaN : published.getMissing(),
            published.getShares()));
  }

  private static io.nelbo.schemas.TrainingReport toAvro(TrainingReport report) {
    return io.nelbo.schemas.TrainingReport.newBuilder()
        .setWindowFrom(report.windowFrom())
        .setWindowTo(report.windowTo())
        .setRecords(report.records())
        .setTrained(report.trained())
        .setCalibrated(report.calibrated())
        .setSteps(report.steps())
        .setSeconds(report.seconds())
        .setDevice(report.device())
        .setSeed(report.seed())
        .setTrainElbo(report.trainElbo())
        .setValidationElbo(report.validationElbo())
        .setReason(report.reason())
        .build();
  }

  private static TrainingReport report(io.nelbo.schemas.TrainingReport published) {
    return new TrainingReport(
        published.getWindowFrom(),
        published.getWindowTo(),
        published.getRecords(),
        published.getTrained(),
        published.getCalibrated(),
        published.getSteps(),
        published.getSeconds(),
        published.getDevice(),
        published.getSeed(),
        published.getTrainElbo(),
        published.getValidationElbo(),
        published.getReason());
  }
}
