package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endless supply of minibatches from rows that lie on the device: uploaded once, drawn in a
 * random order, then in another, with fresh dequantisation and reparameterization noise each time.
 * What is left of an order and too little for a batch is dropped.
 *
 * <p>Order and noise come from the engine's one generator, which is seeded here; so one training at
 * a time. NOT thread safe.
 */
final class Minibatches {
  private final NDArray rows;
  private final @Nullable NDArray jitter;
  private final int batchSize;
  private final int latent;
  private final boolean targetIsInput;
  private final Map<FeatureKind, NDArray> pickers;
  private final @Nullable NDArray masks;
  private final NDArray size;
  private final NDArray one;
  private final NDArray highest;
  private final NDArray lowest;
  private @Nullable NDArray order;
  private int next;

  /**
   * Uploads rows.
   *
   * @param device owns what is uploaded
   */
  Minibatches(
      NDManager device,
      Features features,
      double[][] observations,
      int batchSize,
      int latent,
      int seed) {
    device.getEngine().setRandomSeed(seed);
    this.batchSize = Math.min(batchSize, observations.length);
    this.latent = latent;
    rows = upload(device, observations, features.inputs(), features::writeInput);
    double[] widths = Dequantization.widths(features, observations);
    jitter = jitter(device, features, observations, widths);
    pickers = Columns.byKind(device, features, features.inputs());
    masks =
        features.inputs() > features.outputs() && features.continuous() > 0
            ? Columns.masks(device, features)
            : null;
    targetIsInput = pickers.size() == 1 && features.inputs() == features.outputs();
    size = device.create((float) this.batchSize);
    one = device.create(1f);
    highest = device.create(Features.INPUT_CLIP);
    lowest = device.create(-Features.INPUT_CLIP);
  }

  /** Writes what the device is to hold of an observation. */
  private interface RowWriter {
    void write(double[] observation, float[] row);
  }

  private static NDArray upload(
      NDManager device, double[][] observations, int width, RowWriter writer) {
    ByteBuffer bytes =
        device.allocateDirect(
            Math.multiplyExact(Math.multiplyExact(observations.length, width), Float.BYTES));
    FloatBuffer floats = bytes.asFloatBuffer();
    float[] row = new float[width];
    for (double[] observation : observations) {
      writer.write(observation, row);
      floats.put(row);
    }
    return device.create(bytes, new Shape(observations.length, width), DataType.FLOAT32);
  }

  /** How wide the noise of each value is, 0 where it is missing; null where none gets any. */
  private static @Nullable NDArray jitter(
      NDManager device, Features features, double[][] observations, double[] widths) {
    for (double width : widths) {
      if (width > 0) {
        return upload(
            device,
            observations,
            features.inputs(),
            (observation, row) -> {
              for (int j = 0; j < widths.length; j++) {
                if (widths[j] > 0) {
                  row[features.offset(j)] = Double.isNaN(observation[j]) ? 0 : (float) widths[j];
                }
              }
            });
      }
    }
    return null;
  }

  /** Returns the next batch, its arrays owned by {@code step}. */
  Batch next(NDManager step) {
    NDArray chosen = chosen(step);
    NDArray input = pick(chosen, rows);
    if (jitter != null) {
      NDArray noise = step.randomUniform(-0.5f, 0.5f, input.getShape());
      input = input.addi(noise.muli(pick(chosen, jitter))).minimum(highest).maximum(lowest);
    }
    return new Batch(
        input,
        targets(input),
        masks == null ? null : input.matMul(masks).negi().addi(one),
        step.randomNormal(new Shape(batchSize, latent)),
        size);
  }

  private Map<FeatureKind, NDArray> targets(NDArray input) {
    Map<FeatureKind, NDArray> targets = new EnumMap<>(FeatureKind.class);
    pickers.forEach(
        (kind, picker) -> targets.put(kind, targetIsInput ? input : input.matMul(picker)));
    return targets;
  }

  private NDArray chosen(NDManager step) {
    if (order == null || next == order.getShape().get(0)) {
      if (order != null) {
        order.close();
      }
      order = shuffled();
      next = 0;
    }
    return order.get(step, next++);
  }

  /** The numbers of the rows in a new order, as many to a row of the result as to a batch. */
  private NDArray shuffled() {
    long batches = rows.getShape().get(0) / batchSize;
    NDManager device = rows.getManager();
    try (NDArray permutation = device.randomPermutation(rows.getShape().get(0));
        NDArray whole = permutation.get("0:{}", batches * batchSize)) {
      return whole.reshape(batches, batchSize);
    }
  }

  private static NDArray pick(NDArray chosen, NDArray rows) {
    return Embedding.embedding(chosen, rows, SparseFormat.DENSE).singletonOrThrow();
  }
}
