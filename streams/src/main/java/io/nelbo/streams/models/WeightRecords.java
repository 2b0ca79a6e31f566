package io.nelbo.streams.models;

import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Members as they are published, their weights as float32, little-endian. */
final class WeightRecords {
  private WeightRecords() {}

  static io.nelbo.schemas.Member toAvro(Member member) {
    return new io.nelbo.schemas.Member(
        toAvro(member.vae().shape()), toAvro(member.vae().weights()), Numbers.list(member.noise()));
  }

  private static io.nelbo.schemas.Shape toAvro(Shape shape) {
    return new io.nelbo.schemas.Shape(
        shape.inputs(),
        shape.latent(),
        shape.hidden1(),
        shape.hidden2(),
        shape.outputs(),
        shape.continuous(),
        shape.linear(),
        shape.components());
  }

  private static ByteBuffer toAvro(Weights weights) {
    float[] flat = weights.flat();
    ByteBuffer bytes =
        ByteBuffer.allocate(flat.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(flat);
    return bytes;
  }

  /**
   * Rebuilds the weights.
   *
   * @throws IllegalArgumentException if they do not fit the shape or are not finite
   */
  static Weights weights(io.nelbo.schemas.Shape published, ByteBuffer bytes) {
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "weights are float32, their bytes must be a multiple of 4, were " + bytes.remaining());
    }
    float[] flat = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(flat);
    Shape shape = shape(published, flat.length);
    long count = 0;
    for (Tensor tensor : Tensor.values()) {
      count += (long) tensor.rows(shape) * tensor.columns(shape);
    }
    if (count != flat.length) {
      throw new IllegalArgumentException(
          shape + " has " + count + " weights, the model holds " + flat.length);
    }
    return Weights.of(shape, flat);
  }

  // A layer has at least as many weights as units: the bytes there are bound every size, and so
  // keep the products from overflowing.
  private static Shape shape(io.nelbo.schemas.Shape published, int weights) {
    return new Shape(
        require("inputs", published.getInputs(), 1, weights),
        require("latent", published.getLatent(), 1, weights),
        require("hidden1", published.getHidden1(), 1, weights),
        require("hidden2", published.getHidden2(), 1, weights),
        require("outputs", published.getOutputs(), 1, weights),
        require("continuous", published.getContinuous(), 0, weights),
        published.getLinear(),
        require("components", published.getComponents(), 0, weights));
  }

  private static int require(String what, int size, int least, int most) {
    if (size < least || size > most) {
      throw new IllegalArgumentException(
          what + " must be from " + least + " to the " + most + " weights there are, was " + size);
    }
    return size;
  }
}
