package io.nelbo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A model with reference values of its scores, computed in float64 by other software. */
public final class Golden {
  private static final Map<Tensor, String> PATHS =
      Map.ofEntries(
          Map.entry(Tensor.ENCODER_1, "/weights/enc1"),
          Map.entry(Tensor.ENCODER_1_BIAS, "/weights/enc1b"),
          Map.entry(Tensor.ENCODER_2, "/weights/enc2"),
          Map.entry(Tensor.ENCODER_2_BIAS, "/weights/enc2b"),
          Map.entry(Tensor.MU_LINEAR, "/weights/encMuLinear"),
          Map.entry(Tensor.MU, "/weights/encMu"),
          Map.entry(Tensor.MU_BIAS, "/weights/encMuB"),
          Map.entry(Tensor.LOG_VARIANCE, "/weights/encLogVar"),
          Map.entry(Tensor.LOG_VARIANCE_BIAS, "/weights/encLogVarB"),
          Map.entry(Tensor.DECODER_1, "/weights/dec1"),
          Map.entry(Tensor.DECODER_1_BIAS, "/weights/dec1b"),
          Map.entry(Tensor.DECODER_2, "/weights/dec2"),
          Map.entry(Tensor.DECODER_2_BIAS, "/weights/dec2b"),
          Map.entry(Tensor.LOCATION_LINEAR, "/weights/decLocLinear"),
          Map.entry(Tensor.LOCATION, "/weights/decLoc"),
          Map.entry(Tensor.LOCATION_BIAS, "/weights/decLocB"),
          Map.entry(Tensor.RAW_VARIANCE, "/weights/decRawVar"),
          Map.entry(Tensor.RAW_VARIANCE_BIAS, "/weights/decRawVarB"),
          Map.entry(Tensor.PRIOR_LOGITS, "/mixturePrior/logPi"),
          Map.entry(Tensor.PRIOR_MEANS, "/mixturePrior/means"),
          Map.entry(Tensor.PRIOR_LOG_VARIANCES, "/mixturePrior/logVars"));

  private final JsonNode json;
  private final Vae vae;

  private Golden(JsonNode json) {
    this.json = json;
    Features features = features(json.get("features"));
    vae =
        new Vae(
            features,
            json.get("likelihood").asText().equals("student-t")
                ? ContinuousLikelihood.STUDENT_T
                : ContinuousLikelihood.GAUSSIAN,
            json.get("discreteFloor").asDouble(),
            weights(json, features));
  }

  /** Loads {@code continuous}, {@code mixed}, {@code wide} or {@code mixture-prior}. */
  public static Golden load(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      return new Golden(
          new ObjectMapper().readTree(Objects.requireNonNull(in, "no golden file " + name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Vae vae() {
    return vae;
  }

  /** ε of the antithetic pair. */
  public float[] noise() {
    return floats(json.get("noise"));
  }

  /** The mean nats of each feature, then of the KL. */
  public double[] baseline() {
    return doubles(json.get("baseline"));
  }

  public List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    json.get("records").forEach(record -> cases.add(new Case(vae.features(), record)));
    return cases;
  }

  private static Features features(JsonNode json) {
    List<FeatureSpec> specs = new ArrayList<>();
    for (JsonNode feature : json) {
      String name = feature.get("name").asText();
      boolean mayBeMissing = feature.path("mayBeMissing").asBoolean(false);
      specs.add(
          switch (feature.get("kind").asText()) {
            case "continuous" ->
                FeatureSpec.continuous(
                    name,
                    feature.get("mean").asDouble(),
                    feature.get("scale").asDouble(),
                    mayBeMissing);
            case "binary" -> FeatureSpec.binary(name, mayBeMissing);
            case "categorical" -> {
              List<String> vocabulary = new ArrayList<>();
              feature.get("vocabulary").forEach(value -> vocabulary.add(value.asText()));
              yield FeatureSpec.categorical(name, vocabulary, mayBeMissing);
            }
            default -> throw new IllegalArgumentException("unknown kind in " + feature);
          });
    }
    return Features.of(specs);
  }

  private static Weights weights(JsonNode json, Features features) {
    Shape shape =
        new Shape(
            features.inputs(),
            json.get("latent").asInt(),
            json.get("hidden").get(0).asInt(),
            json.get("hidden").get(1).asInt(),
            features.outputs(),
            features.continuous(),
            true,
            json.path("mixturePrior").path("logPi").size());
    float[] flat = new float[Weights.count(shape)];
    int at = 0;
    for (Tensor tensor : Tensor.values()) {
      float[] values = floats(json.at(PATHS.get(tensor)));
      System.arraycopy(values, 0, flat, at, values.length);
      at += values.length;
    }
    return Weights.of(shape, flat);
  }

  private static float[] floats(JsonNode json) {
    List<JsonNode> numbers = new ArrayList<>();
    flatten(json, numbers);
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return values;
  }

  private static double[] doubles(JsonNode json) {
    return json.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static void flatten(JsonNode json, List<JsonNode> numbers) {
    if (json.isArray()) {
      json.forEach(element -> flatten(element, numbers));
    } else if (!json.isMissingNode()) {
      numbers.add(json);
    }
  }

  /** One record and what must come of it. */
  public static final class Case {
    private final Features features;
    private final JsonNode json;

    private Case(Features features, JsonNode json) {
      this.features = features;
      this.json = json;
    }

    /** The observation: NaN where missing, codes for categories. */
    public double[] observation() {
      double[] observation = new double[features.count()];
      for (int j = 0; j < observation.length; j++) {
        FeatureSpec spec = features.specs().get(j);
        JsonNode value = json.get("values").get(spec.name());
        if (value.isNull()) {
          observation[j] = Double.NaN;
        } else if (spec.kind() == FeatureKind.CONTINUOUS) {
          observation[j] = value.asDouble();
        } else if (spec.kind() == FeatureKind.BINARY) {
          observation[j] = value.asBoolean() ? 1 : 0;
        } else {
          observation[j] = features.code(j, value.asText());
        }
      }
      return observation;
    }

    /** An expected vector: input, mu, logVar, featureNats0, featureNats2, contributions. */
    public double[] vector(String name) {
      return doubles(json.get(name));
    }

    /** An expected number: kl, score0, score2, klContribution. */
    public double number(String name) {
      return json.get(name).asDouble();
    }

    /** What is expected of a feature: expected, low, high; probabilities; or probabilityTrue. */
    public JsonNode expected(int feature) {
      return json.get("expected").get(feature);
    }
  }
}
