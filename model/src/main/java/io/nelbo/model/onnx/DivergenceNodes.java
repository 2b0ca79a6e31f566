package io.nelbo.model.onnx;

import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Tensor;
import io.nelbo.model.vae.Weights;

/**
 * KL(q ‖ p) of a member, or its bound under a mixture prior.
 *
 * <pre>
 * standard normal   ½ Σ_l (μ_l² + σ_l² − 1 − log σ_l²)
 * mixture           −½ Σ_l (1 + log σ_l²) − log Σ_c π_c exp(−½ Σ_l [s_cl + (σ_l² + (μ_l − m_cl)²) exp(−s_cl)])
 * </pre>
 */
final class DivergenceNodes {
  private DivergenceNodes() {}

  static String of(Graph graph, NetworkNodes network, Weights weights) {
    String variance = graph.add("Mul", network.sigma, network.sigma);
    String own =
        graph.add(
            "Mul",
            graph.sum(graph.add("Add", network.logVariance, graph.scalar(1))),
            graph.scalar(-0.5));
    String square = graph.add("Add", variance, graph.add("Mul", network.mu, network.mu));
    if (weights.shape().components() == 0) {
      return graph.add("Add", own, graph.add("Mul", graph.sum(square), graph.scalar(0.5)));
    }
    return graph.add("Sub", own, logMixture(graph, network.mu, square, weights));
  }

  // Σ_l (σ² + (μ − m)²) w = (σ² + μ²)·w − 2 μ·(m w) + Σ_l m² w with w = exp(−s): two matrix
  // products.
  private static String logMixture(Graph graph, String mu, String square, Weights weights) {
    Shape shape = weights.shape();
    int components = shape.components();
    int latent = shape.latent();
    float[] logits = weights.tensor(Tensor.PRIOR_LOGITS);
    float[] means = weights.tensor(Tensor.PRIOR_MEANS);
    float[] logVariances = weights.tensor(Tensor.PRIOR_LOG_VARIANCES);
    double[] precisions = new double[latent * components]; // (latent, components)
    double[] pulls = new double[latent * components];
    double[] constants = new double[components];
    double greatest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double total = 0;
    for (float logit : logits) {
      total += Math.exp(logit - greatest);
    }
    for (int c = 0; c < components; c++) {
      constants[c] = logits[c] - greatest - Math.log(total);
      for (int l = 0; l < latent; l++) {
        int at = c * latent + l;
        double precision = Math.exp(-logVariances[at]);
        precisions[l * components + c] = -0.5 * precision;
        pulls[l * components + c] = means[at] * precision;
        constants[c] -= 0.5 * (logVariances[at] + (double) means[at] * means[at] * precision);
      }
    }
    String logs =
        graph.add(
            "Add",
            graph.add(
                "Add",
                graph.add("MatMul", square, graph.doubles(precisions, latent, components)),
                graph.add("MatMul", mu, graph.doubles(pulls, latent, components))),
            graph.doubles(constants));
    return graph.reduce("ReduceLogSumExp", logs);
  }
}
