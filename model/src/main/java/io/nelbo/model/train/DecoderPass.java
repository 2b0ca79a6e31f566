package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.vae.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A batch's way through the decoder, to the locations of all outputs and the variances of the
 * continuous ones before their softplus, and the way back.
 */
final class DecoderPass {
  private final TensorArrays w;
  private final NDArray z;
  private final HiddenLayer hidden1;
  private final HiddenLayer hidden2;

  DecoderPass(TensorArrays w, NDArray z) {
    this.w = w;
    this.z = z;
    hidden1 = new HiddenLayer(w, z, Tensor.DECODER_1, Tensor.DECODER_1_BIAS);
    hidden2 = new HiddenLayer(w, hidden1.output(), Tensor.DECODER_2, Tensor.DECODER_2_BIAS);
  }

  NDArray location() {
    NDArray location = w.linear(hidden2.output(), Tensor.LOCATION, Tensor.LOCATION_BIAS);
    return w.shape().linear() ? location.addi(w.times(z, Tensor.LOCATION_LINEAR)) : location;
  }

  /** Of no columns where no feature is continuous. */
  NDArray rawVariance() {
    return w.linear(hidden2.output(), Tensor.RAW_VARIANCE, Tensor.RAW_VARIANCE_BIAS);
  }

  /** Returns the slopes of z for those of the decoder's outputs; null is a slope of zero. */
  NDArray back(NDArray location, @Nullable NDArray rawVariance, Gradient gradient) {
    gradient.putLinear(location, hidden2.output(), Tensor.LOCATION, Tensor.LOCATION_BIAS);
    NDArray slope = location.matMul(w.matrix(Tensor.LOCATION));
    if (rawVariance != null) {
      gradient.putLinear(
          rawVariance, hidden2.output(), Tensor.RAW_VARIANCE, Tensor.RAW_VARIANCE_BIAS);
      try (NDArray other = rawVariance.matMul(w.matrix(Tensor.RAW_VARIANCE))) {
        slope.addi(other);
      }
    }
    NDArray slopeOfZ = hidden1.backToInput(w, hidden2.backToInput(w, slope, gradient), gradient);
    if (w.shape().linear()) {
      gradient.putProduct(location, z, Tensor.LOCATION_LINEAR);
      slopeOfZ.addi(location.matMul(w.matrix(Tensor.LOCATION_LINEAR)));
    }
    return slopeOfZ;
  }
}
