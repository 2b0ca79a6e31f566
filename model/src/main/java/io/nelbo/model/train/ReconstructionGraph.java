package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Vae;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The negative log-likelihood of a batch as a DJL graph, one sub-graph a kind of feature. */
final class ReconstructionGraph {
  private static final int[] COLUMNS = {1};
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /** −ln Γ(5/2) + ln Γ(2) + ½ ln 4π, of Student's t with 4 degrees of freedom. */
  private static final double STUDENT =
      0.5 * Math.log(4 * Math.PI) - Math.log(0.75 * Math.sqrt(Math.PI));

  private final ContinuousLikelihood likelihood;
  private final Map<FeatureKind, NDArray> pickers = new EnumMap<>(FeatureKind.class);
  private final long[] categoryBoundaries;
  private final NDArray half;
  private final NDArray one;
  private final NDArray six;
  private final NDArray gaussian;
  private final NDArray quarter;
  private final NDArray fiveHalves;
  private final NDArray student;
  private final NDArray kept;
  private final NDArray flagFloor;
  private final NDArray categoryFloor;

  ReconstructionGraph(NDManager constants, Vae vae) {
    Features features = vae.features();
    double discreteFloor = vae.discreteFloor();
    likelihood = vae.likelihood();
    for (FeatureKind kind : FeatureKind.values()) {
      if (width(features, kind) > 0) {
        pickers.put(kind, picker(constants, features, kind));
      }
    }
    half = constants.create(0.5f);
    one = constants.create(1f);
    six = constants.create(6f);
    gaussian = constants.create((float) LOG_2PI);
    quarter = constants.create(0.25f);
    fiveHalves = constants.create(2.5f);
    student = constants.create((float) STUDENT);
    kept = constants.create((float) (1 - discreteFloor));
    flagFloor = constants.create((float) (discreteFloor / 2));

    List<Integer> widths =
        features.specs().stream()
            .filter(s -> s.kind() == FeatureKind.CATEGORICAL)
            .map(FeatureSpec::width)
            .toList();
    categoryBoundaries = new long[Math.max(0, widths.size() - 1)];
    float[] floors = new float[width(features, FeatureKind.CATEGORICAL)];
    int end = 0;
    for (int i = 0; i < widths.size(); i++) {
      int start = end;
      end += widths.get(i);
      Arrays.fill(floors, start, end, (float) (discreteFloor / widths.get(i)));
      if (i < categoryBoundaries.length) {
        categoryBoundaries[i] = end;
      }
    }
    categoryFloor = constants.create(floors);
  }

  static int width(Features features, FeatureKind kind) {
    return features.specs().stream()
        .filter(s -> s.kind() == kind)
        .mapToInt(FeatureSpec::width)
        .sum();
  }

  /** A matrix of zeros and ones that picks the decoder locations of one kind. */
  private static NDArray picker(NDManager constants, Features features, FeatureKind kind) {
    int width = width(features, kind);
    float[] matrix = new float[features.outputs() * width];
    int column = 0;
    for (int j = 0; j < features.count(); j++) {
      FeatureSpec spec = features.specs().get(j);
      for (int k = 0; spec.kind() == kind && k < spec.width(); k++) {
        matrix[(features.offset(j) + k) * width + column++] = 1;
      }
    }
    return constants.create(matrix, new Shape(features.outputs(), width));
  }

  /** Returns the negative log-likelihood of each row, in nats of the standardised units. */
  NDArray evaluate(NDArray location, NDArray rawVariance, Batch batch) {
    NDList nats = new NDList();
    for (Map.Entry<FeatureKind, NDArray> picker : pickers.entrySet()) {
      NDArray picked = pickers.size() == 1 ? location : location.matMul(picker.getValue());
      nats.add(
          switch (picker.getKey()) {
            case CONTINUOUS -> numbers(picked, rawVariance, batch);
            case BINARY -> flags(picked, batch.flags());
            case CATEGORICAL -> categories(picked, batch.categories());
          });
    }
    return nats.stream().reduce(NDArray::add).orElseThrow();
  }

  private NDArray numbers(NDArray mean, NDArray rawVariance, Batch batch) {
    NDArray v = Activation.softPlus(rawVariance.add(six)).sub(six);
    NDArray deviation = batch.numbers().sub(mean);
    NDArray ratio = deviation.mul(deviation).mul(v.neg().exp());
    NDArray nats =
        switch (likelihood) {
          case GAUSSIAN -> ratio.add(v).add(gaussian).mul(half);
          case STUDENT_T ->
              ratio.mul(quarter).add(one).log().mul(fiveHalves).add(v.mul(half)).add(student);
        };
    return nats.mul(batch.numbersPresent()).sum(COLUMNS);
  }

  private NDArray flags(NDArray logits, NDArray t) {
    NDArray p = Activation.sigmoid(logits.mul(t)).mul(kept).add(flagFloor);
    return p.log().mul(t).mul(t).sum(COLUMNS).neg();
  }

  private NDArray categories(NDArray logits, NDArray oneHot) {
    NDArray softmax;
    if (categoryBoundaries.length == 0) {
      softmax = logits.softmax(1);
    } else {
      NDList parts = new NDList();
      logits.split(categoryBoundaries, 1).forEach(part -> parts.add(part.softmax(1)));
      softmax = NDArrays.concat(parts, 1);
    }
    NDArray p = softmax.mul(kept).add(categoryFloor);
    return p.log().mul(oneHot).sum(COLUMNS).neg();
  }
}
