package io.nelbo.model.score;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The content of a model's bytes, in the order that {@link ModelCodec} describes. */
final class ModelContent {
  /** No member has fewer: seven ints and a boolean of shape, two lengths. */
  private static final int MEMBER_BYTES = 37;

  private ModelContent() {}

  static byte[] write(TrainedModel model) {
    List<Member> members = model.ensemble().members();
    Vae first = members.get(0).vae();
    ContentWriter out = new ContentWriter();
    out.writeInt(model.features().count());
    model.features().specs().forEach(spec -> write(spec, out));
    out.writeText(first.likelihood().name());
    out.writeDouble(first.discreteFloor());
    out.writeInt(members.size());
    members.forEach(member -> write(member, out));
    out.writeDoubles(model.baseline());
    out.writeInt(model.calibration().size());
    out.writeDoubles(model.calibration().kept());
    out.writeDoubles(model.selfTest());
    out.writeDouble(model.selfTestScore());
    return out.toByteArray();
  }

  static TrainedModel read(ByteBuffer content) {
    ContentReader in = new ContentReader(content);
    Features features = readFeatures(in);
    ContinuousLikelihood likelihood = in.readEnum("likelihood", ContinuousLikelihood.class);
    double discreteFloor = in.readDouble("discrete floor");
    int count = in.readCount("members", MEMBER_BYTES);
    List<Member> members = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      Vae vae = new Vae(features, likelihood, discreteFloor, readWeights(in));
      members.add(new Member(vae, in.readFloats("noise")));
    }
    double[] baseline = in.readDoubles("baseline");
    int size = in.readInt("calibration size");
    Calibration calibration = Calibration.of(size, in.readDoubles("calibration"));
    double[] selfTest = in.readDoubles("self-test");
    double selfTestScore = in.readDouble("self-test score");
    in.requireEnd();
    return new TrainedModel(new Ensemble(members), baseline, calibration, selfTest, selfTestScore);
  }

  private static void write(FeatureSpec spec, ContentWriter out) {
    out.writeText(spec.name());
    out.writeText(spec.kind().name());
    out.writeDouble(spec.mean());
    out.writeDouble(spec.scale());
    out.writeInt(spec.vocabulary().size());
    spec.vocabulary().forEach(out::writeText);
    out.writeBoolean(spec.mayBeMissing());
  }

  private static Features readFeatures(ContentReader in) {
    int count = in.readCount("features", 1);
    List<FeatureSpec> specs = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      String name = in.readText("feature name");
      FeatureKind kind = in.readEnum("kind of " + name, FeatureKind.class);
      double mean = in.readDouble("mean of " + name);
      double scale = in.readDouble("scale of " + name);
      int values = in.readCount("vocabulary of " + name, Integer.BYTES);
      List<String> vocabulary = new ArrayList<>();
      for (int k = 0; k < values; k++) {
        vocabulary.add(in.readText("vocabulary of " + name));
      }
      boolean mayBeMissing = in.readBoolean("may be missing of " + name);
      specs.add(new FeatureSpec(name, kind, mean, scale, vocabulary, mayBeMissing));
    }
    return Features.of(specs);
  }

  private static void write(Member member, ContentWriter out) {
    Shape shape = member.vae().shape();
    out.writeInt(shape.inputs());
    out.writeInt(shape.latent());
    out.writeInt(shape.hidden1());
    out.writeInt(shape.hidden2());
    out.writeInt(shape.outputs());
    out.writeInt(shape.continuous());
    out.writeBoolean(shape.linear());
    out.writeInt(shape.components());
    out.writeFloats(member.vae().weights().flat());
    out.writeFloats(member.noise());
  }

  private static Weights readWeights(ContentReader in) {
    // There are more weights than any of the sizes, so the bytes left bound these and the products.
    Shape shape =
        new Shape(
            in.readCount("inputs", Float.BYTES),
            in.readCount("latent", Float.BYTES),
            in.readCount("hidden1", Float.BYTES),
            in.readCount("hidden2", Float.BYTES),
            in.readCount("outputs", Float.BYTES),
            in.readCount("continuous", Float.BYTES),
            in.readBoolean("linear"),
            in.readCount("components", Float.BYTES));
    if (Math.min(Math.min(shape.inputs(), shape.outputs()), shape.latent()) < 1
        || Math.min(shape.hidden1(), shape.hidden2()) < 1) {
      throw new IllegalArgumentException("every layer needs a unit: " + shape);
    }
    long needed = 0;
    for (Tensor tensor : Tensor.values()) {
      needed += (long) tensor.rows(shape) * tensor.columns(shape);
    }
    float[] flat = in.readFloats("weights");
    if (flat.length != needed) {
      throw new IllegalArgumentException(
          shape + " has " + needed + " weights, the model holds " + flat.length);
    }
    return Weights.of(shape, flat);
  }
}
