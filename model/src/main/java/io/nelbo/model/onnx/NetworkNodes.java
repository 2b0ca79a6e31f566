package io.nelbo.model.onnx;

import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Weights;
import java.util.List;

/**
 * Encoder and decoder of a member as the kernel computes them: hidden layers in float, linear paths
 * and latents in double.
 */
final class NetworkNodes {
  private static final double MIN_LOG_VARIANCE = -10;
  private static final double MAX_LOG_VARIANCE = 6;

  private final Graph graph;
  private final Shape shape;
  private final Weights weights;
  private final float[] noise;
  final String mu; // (rows, latent)
  final String logVariance; // (rows, latent)
  final String sigma; // (rows, latent)

  NetworkNodes(Graph graph, Member member, String encoderInput) {
    this.graph = graph;
    weights = member.vae().weights();
    shape = weights.shape();
    noise = member.noise();
    String h1 = hidden(encoderInput, Tensor.ENCODER_1, Tensor.ENCODER_1_BIAS);
    String h2 = hidden(h1, Tensor.ENCODER_2, Tensor.ENCODER_2_BIAS);
    String input = graph.cast(encoderInput, Graph.DOUBLE);
    mu = withPath(head(h2, Tensor.MU, Tensor.MU_BIAS), input, Tensor.MU_LINEAR);
    logVariance =
        graph.add(
            "Clip",
            head(h2, Tensor.LOG_VARIANCE, Tensor.LOG_VARIANCE_BIAS),
            graph.bound(MIN_LOG_VARIANCE),
            graph.bound(MAX_LOG_VARIANCE));
    sigma = graph.add("Exp", graph.add("Mul", logVariance, graph.scalar(0.5)));
  }

  /** What the decoder says at a latent. */
  record Decoded(String locations, String rawVariances) {}

  /** Returns what the decoder says at each sample: μ ± σ⊙ε, or μ if there is no noise. */
  List<Decoded> decode() {
    if (noise.length == 0) {
      return List.of(decode(mu));
    }
    double[] epsilon = new double[noise.length];
    for (int l = 0; l < epsilon.length; l++) {
      epsilon[l] = noise[l];
    }
    String step = graph.add("Mul", sigma, graph.doubles(epsilon));
    return List.of(decode(graph.add("Add", mu, step)), decode(graph.add("Sub", mu, step)));
  }

  private Decoded decode(String z) {
    String g1 = hidden(graph.cast(z, Graph.FLOAT), Tensor.DECODER_1, Tensor.DECODER_1_BIAS);
    String g2 = hidden(g1, Tensor.DECODER_2, Tensor.DECODER_2_BIAS);
    String locations =
        withPath(head(g2, Tensor.LOCATION, Tensor.LOCATION_BIAS), z, Tensor.LOCATION_LINEAR);
    return new Decoded(
        locations,
        shape.continuous() == 0 ? "" : head(g2, Tensor.RAW_VARIANCE, Tensor.RAW_VARIANCE_BIAS));
  }

  /** silu(W x + b) = a sigmoid(a) of a = W x + b, in float. */
  private String hidden(String x, Tensor matrix, Tensor bias) {
    String a = graph.dense(x, constant(matrix), constantBias(bias));
    return graph.add("Mul", a, graph.add("Sigmoid", a));
  }

  private String head(String x, Tensor matrix, Tensor bias) {
    return graph.cast(graph.dense(x, constant(matrix), constantBias(bias)), Graph.DOUBLE);
  }

  private String withPath(String head, String x, Tensor path) {
    if (!shape.linear()) {
      return head;
    }
    String matrix = graph.cast(constant(path), Graph.DOUBLE);
    return graph.add("Add", head, graph.add("MatMul", x, graph.add("Transpose", matrix)));
  }

  private String constant(Tensor tensor) {
    return graph.floats(weights.tensor(tensor), tensor.rows(shape), tensor.columns(shape));
  }

  private String constantBias(Tensor tensor) {
    return graph.floats(weights.tensor(tensor), tensor.rows(shape));
  }
}
