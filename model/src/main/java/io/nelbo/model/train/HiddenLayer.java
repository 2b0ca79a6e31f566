package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.nelbo.model.vae.Tensor;

/** A batch's way through a hidden layer, h = a σ(a) of a = Wx + b, and the way back. */
final class HiddenLayer {
  private final Tensor weight;
  private final Tensor bias;
  private final NDArray input;
  private final NDArray gate;
  private final NDArray output;

  HiddenLayer(TensorArrays w, NDArray input, Tensor weight, Tensor bias) {
    this.weight = weight;
    this.bias = bias;
    this.input = input;
    output = w.linear(input, weight, bias);
    gate = Activation.sigmoid(output);
    output.muli(gate);
  }

  NDArray output() {
    return output;
  }

  /**
   * Turns the slopes of h into those of a, in place, and notes those of the weights. The layer is
   * of no use afterwards: its arrays, the largest of a step, are freed while they are still cached.
   */
  void back(NDArray slope, Gradient gradient) {
    // dh/da = σ + h (1 − σ)
    try (NDArray both = output.mul(gate)) {
      gate.addi(output).subi(both);
    }
    slope.muli(gate);
    gate.close();
    output.close();
    gradient.putLinear(slope, input, weight, bias);
  }

  /** Returns the slopes of x for those of h, which are consumed. */
  NDArray backToInput(TensorArrays w, NDArray slope, Gradient gradient) {
    back(slope, gradient);
    NDArray slopeOfInput = slope.matMul(w.matrix(weight));
    slope.close();
    return slopeOfInput;
  }
}
