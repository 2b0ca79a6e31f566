package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.vae.Tensor;

/** A batch's way through the encoder, to the mean and log-variance of q(z|x), and the way back. */
final class EncoderPass {
  private final TensorArrays w;
  private final NDArray input;
  private final HiddenLayer hidden1;
  private final HiddenLayer hidden2;

  EncoderPass(TensorArrays w, NDArray input) {
    this.w = w;
    this.input = input;
    hidden1 = new HiddenLayer(w, input, Tensor.ENCODER_1, Tensor.ENCODER_1_BIAS);
    hidden2 = new HiddenLayer(w, hidden1.output(), Tensor.ENCODER_2, Tensor.ENCODER_2_BIAS);
  }

  NDArray mu() {
    NDArray mu = w.linear(hidden2.output(), Tensor.MU, Tensor.MU_BIAS);
    return w.shape().linear() ? mu.addi(w.times(input, Tensor.MU_LINEAR)) : mu;
  }

  /** The log-variance before it is clamped. */
  NDArray logVariance() {
    return w.linear(hidden2.output(), Tensor.LOG_VARIANCE, Tensor.LOG_VARIANCE_BIAS);
  }

  /** Notes the slopes of the weights for those of μ; the log-variance has none. */
  void back(NDArray slopeOfMu, Gradient gradient) {
    backFromHidden(throughMu(slopeOfMu, gradient), gradient);
  }

  /** Notes the slopes of the weights for those of μ and of the log-variance before its clamp. */
  void back(NDArray slopeOfMu, NDArray slopeOfLogVariance, Gradient gradient) {
    NDArray slope = throughMu(slopeOfMu, gradient);
    gradient.putLinear(
        slopeOfLogVariance, hidden2.output(), Tensor.LOG_VARIANCE, Tensor.LOG_VARIANCE_BIAS);
    try (NDArray other = slopeOfLogVariance.matMul(w.matrix(Tensor.LOG_VARIANCE))) {
      slope.addi(other);
    }
    backFromHidden(slope, gradient);
  }

  private NDArray throughMu(NDArray slope, Gradient gradient) {
    gradient.putLinear(slope, hidden2.output(), Tensor.MU, Tensor.MU_BIAS);
    if (w.shape().linear()) {
      gradient.putProduct(slope, input, Tensor.MU_LINEAR);
    }
    return slope.matMul(w.matrix(Tensor.MU));
  }

  private void backFromHidden(NDArray slope, Gradient gradient) {
    hidden1.back(hidden2.backToInput(w, slope, gradient), gradient);
  }
}
