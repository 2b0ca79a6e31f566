package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.vae.Vae;
import java.util.Arrays;
import java.util.List;

/** The likelihood of a batch's categorical features: P_k = (1−δ) softmax_k + δ/K. */
final class CategoriesGraph {
  private static final int[] COLUMNS = {1};

  private final long[] boundaries;
  private final NDArray kept;
  private final NDArray floors;
  private final NDArray groups;
  private final NDArray members;

  CategoriesGraph(NDManager constants, Vae vae) {
    List<Integer> widths =
        vae.features().specs().stream()
            .filter(s -> s.kind() == FeatureKind.CATEGORICAL)
            .map(FeatureSpec::width)
            .toList();
    int width = Columns.width(vae.features(), FeatureKind.CATEGORICAL);
    boundaries = new long[Math.max(0, widths.size() - 1)];
    float[] floorOf = new float[width];
    float[] groupOf = new float[width * widths.size()];
    int end = 0;
    for (int i = 0; i < widths.size(); i++) {
      int start = end;
      end += widths.get(i);
      Arrays.fill(floorOf, start, end, (float) (vae.discreteFloor() / widths.get(i)));
      for (int k = start; k < end; k++) {
        groupOf[k * widths.size() + i] = 1;
      }
      if (i < boundaries.length) {
        boundaries[i] = end;
      }
    }
    kept = constants.create((float) (1 - vae.discreteFloor()));
    floors = constants.create(floorOf);
    groups = constants.create(groupOf, new Shape(width, widths.size()));
    members = groups.transpose();
  }

  /** Returns the nats of each row; a target all zeros is missing. */
  NDArray nats(NDArray logits, NDArray oneHot) {
    return softmax(logits).muli(kept).addi(floors).log().muli(oneHot).sum(COLUMNS).negi();
  }

  /**
   * Returns the slopes of the logits: (t·s) s − t s with t the slope of −log P along the softmax s,
   * which is 0 but for the category that is there.
   */
  NDArray slope(NDArray logits, NDArray oneHot) {
    NDArray softmax = softmax(logits);
    NDArray p = softmax.mul(kept).addi(floors);
    NDArray each = softmax.mul(oneHot).muli(kept).divi(p);
    return softmax.muli(each.matMul(groups).matMul(members)).subi(each);
  }

  private NDArray softmax(NDArray logits) {
    if (boundaries.length == 0) {
      return logits.softmax(1);
    }
    NDList parts = new NDList();
    logits.split(boundaries, 1).forEach(part -> parts.add(part.softmax(1)));
    return NDArrays.concat(parts, 1);
  }
}
