package io.nelbo.streams;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.score.TrainingReport;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.EnsembleElbo;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.streams.models.ModelRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * A user's topic of pump readings, and models of it. Nothing here needs training or a native
 * engine: the weights are such that every reading is expected to have the same distribution, so
 * what is an outlier can be told by hand.
 */
public final class Pumps {
  public static final double VIBRATION = 2.3;
  public static final double VIBRATION_SCALE = 0.28;

  public static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Reading", "namespace": "user", "fields": [
                {"name": "pump", "type": "string"},
                {"name": "vibration", "type": "double"},
                {"name": "flow", "type": ["null", "double"], "default": null},
                {"name": "running", "type": "boolean"},
                {"name": "site", "type": {"type": "record", "name": "Site", "fields": [
                  {"name": "country", "type": "string", "nelbo": "categorical"}]}}]}
              """);

  /** Of the same topic, once its writer was changed: nothing of it is a feature. */
  public static final Schema FEATURELESS =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Note", "namespace": "user", "fields": [
                {"name": "text", "type": "string"}]}
              """);

  private static final int CALIBRATED = 2000;

  private Pumps() {}

  /** Returns a reading in Avro's single-object encoding. */
  public static byte[] reading(double vibration, @Nullable Double flow, String country) {
    GenericRecord site = new GenericData.Record(SCHEMA.getField("site").schema());
    site.put("country", country);
    GenericRecord reading = new GenericData.Record(SCHEMA);
    reading.put("pump", "P-7");
    reading.put("vibration", vibration);
    reading.put("flow", flow);
    reading.put("running", true);
    reading.put("site", site);
    return encode(reading);
  }

  /** Returns a record without a single feature. */
  public static byte[] featureless() {
    GenericRecord note = new GenericData.Record(FEATURELESS);
    note.put("text", "maintenance");
    return encode(note);
  }

  private static byte[] encode(GenericRecord record) {
    try {
      return new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema())
          .encode(record)
          .array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A reading as the model expects it. */
  public static byte[] normal() {
    return reading(2.3, 40.0, "FR");
  }

  /** A reading whose vibration is 24 standard deviations off. */
  public static byte[] outlier() {
    return reading(9.1, 40.0, "FR");
  }

  public static ModelVersion version(long version) {
    return version("vae", version, VIBRATION);
  }

  /** Returns a model that expects vibrations around some value. */
  public static ModelVersion version(String name, long version, double vibration) {
    Instant trainedAt = Instant.parse("2026-11-22T10:00:00Z").plusSeconds(version);
    TrainingReport report =
        new TrainingReport(
            trainedAt, trainedAt, 2000, 1500, 500, 1, 0.1, "cpu()", 0, -1, -1, "by hand");
    return new ModelVersion(name, version, trainedAt, model(vibration), report);
  }

  public static byte[] published(ModelVersion version) {
    return AvroSerde.of(Model.class).serializer().serialize("models", ModelRecords.toAvro(version));
  }

  private static TrainedModel model(double vibration) {
    Features features =
        Features.of(
            List.of(
                FeatureSpec.continuous("vibration", vibration, VIBRATION_SCALE, false),
                FeatureSpec.continuous("flow", 40, 5, true),
                FeatureSpec.binary("running", false),
                FeatureSpec.categorical("site.country", List.of("FR", "DE"), false)));
    Shape shape = new Shape(features.inputs(), 2, 4, 3, features.outputs(), features.continuous());
    Vae vae = new Vae(features, ContinuousLikelihood.GAUSSIAN, 0.001, weights(shape));
    float[] noise = {0.5f, -1};
    Ensemble ensemble = Ensemble.of(vae, noise);
    EnsembleElbo elbo = new EnsembleElbo(ensemble);
    Random random = new Random(1);
    double[] scores = new double[CALIBRATED];
    double[] baseline = new double[features.count() + 1];
    for (int i = 0; i < CALIBRATED; i++) {
      double[] observation = {
        vibration + VIBRATION_SCALE * random.nextGaussian(),
        random.nextInt(10) == 0 ? Double.NaN : 40 + 5 * random.nextGaussian(),
        random.nextInt(200) == 0 ? 0 : 1,
        random.nextInt(100) == 0 ? 2 : 1
      };
      scores[i] = elbo.negative(observation);
      for (int j = 0; j < features.count(); j++) {
        baseline[j] += elbo.nats(j) / CALIBRATED;
      }
      baseline[features.count()] += elbo.kl() / CALIBRATED;
    }
    double[] selfTest = {vibration, 41, 1, 1};
    return new TrainedModel(
        ensemble, baseline, Calibration.fit(scores), selfTest, elbo.negative(selfTest));
  }

  /** No input moves the latent, and no latent the output: only the output's biases are not 0. */
  private static Weights weights(Shape shape) {
    float[] flat = new float[Weights.count(shape)];
    // vibration, flow, running, and OTHER, FR, DE
    float[] locations = {0, 0, 4, -6, 3, 0};
    System.arraycopy(locations, 0, flat, start(Tensor.LOCATION_BIAS, shape), locations.length);
    int variances = start(Tensor.RAW_VARIANCE_BIAS, shape);
    // softplus(raw + 6) = 6: a log-variance of 0
    Arrays.fill(
        flat, variances, variances + shape.continuous(), (float) (Math.log(Math.expm1(6)) - 6));
    return Weights.of(shape, flat);
  }

  private static int start(Tensor tensor, Shape shape) {
    int start = 0;
    for (Tensor before : Tensor.values()) {
      if (before == tensor) {
        break;
      }
      start += before.rows(shape) * before.columns(shape);
    }
    return start;
  }
}
