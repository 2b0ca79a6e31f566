package io.nelbo.model.onnx;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.onnx.NetworkNodes.Decoded;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * −log p_j(x|z) of every feature in nats, 0 where it is missing; the formulas are those of the
 * kernel.
 *
 * <pre>
 * continuous   log s + ½ (log 2π + v + (y − loc)² exp(−v)),  v = −6 + softplus(raw + 6)
 * Student's t  log s + norm + ½ v + (ν + 1)/2 log(1 + (y − loc)² exp(−v) / ν),  ν = 4
 * binary       −log((1 − δ) sigmoid(± logit) + δ/2)
 * categorical  −log((1 − δ) softmax_k + δ/K)
 * </pre>
 */
final class LikelihoodNodes {
  private static final double MIN_LOG_VARIANCE = -6;
  private static final double NU = 4;

  // log Γ(ν/2) − log Γ((ν+1)/2) + ½ log(νπ), where Γ(2) = 1 and Γ(5/2) = ¾√π
  private static final double STUDENT_NORM =
      0.5 * Math.log(NU * Math.PI) - Math.log(0.75 * Math.sqrt(Math.PI));

  private final Graph graph;
  private final Features features;
  private final ObservationNodes observation;
  private final boolean gaussian;
  private final double floor;
  private final String zero;

  LikelihoodNodes(Graph graph, Vae vae, ObservationNodes observation) {
    this.graph = graph;
    this.observation = observation;
    features = vae.features();
    gaussian = vae.likelihood() == ContinuousLikelihood.GAUSSIAN;
    floor = vae.discreteFloor();
    zero = graph.scalar(0);
  }

  /** Returns the nats of all features, (rows, features), in their order. */
  String nats(Decoded decoded) {
    List<String> byKind = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    if (observation.numbers.length > 0) {
      byKind.add(numbers(decoded));
      IntStream.of(observation.numbers).forEach(order::add);
    }
    if (observation.flags.length > 0) {
      byKind.add(flags(decoded));
      IntStream.of(observation.flags).forEach(order::add);
    }
    for (int i = 0; i < observation.categories.length; i++) {
      byKind.add(category(decoded, i));
      order.add(observation.categories[i]);
    }
    String nats = graph.add("Concat", Map.of("axis", 1), byKind.toArray(String[]::new));
    return graph.columns(nats, IntStream.range(0, order.size()).map(order::indexOf).toArray());
  }

  private String numbers(Decoded decoded) {
    int[] numbers = observation.numbers;
    String location =
        graph.columns(decoded.locations(), IntStream.of(numbers).map(features::offset).toArray());
    String residual = graph.add("Sub", observation.standardised, location);
    String square = graph.add("Mul", residual, residual);
    String v = logVariance(decoded.rawVariances());
    String weighted = graph.add("Mul", square, graph.add("Exp", graph.add("Neg", v)));
    String half = graph.scalar(0.5);
    String nats;
    if (gaussian) {
      nats = graph.add("Mul", graph.add("Add", v, weighted), half);
    } else {
      String relative =
          graph.add("Add", graph.add("Div", weighted, graph.scalar(NU)), graph.scalar(1));
      nats =
          graph.add(
              "Add",
              graph.add("Mul", v, half),
              graph.add("Mul", graph.add("Log", relative), graph.scalar(0.5 * (NU + 1))));
    }
    double norm = gaussian ? 0.5 * Math.log(2 * Math.PI) : STUDENT_NORM;
    double[] norms =
        IntStream.of(numbers).mapToDouble(j -> norm + Math.log(spec(j).scale())).toArray();
    String all = graph.add("Add", nats, graph.doubles(norms));
    return graph.add("Where", observation.numbersMissing, zero, all);
  }

  /**
   * v = −6 + softplus(t) of t = raw + 6, as max(t, 0) + log(1 + exp(−|t|)), which never overflows.
   */
  private String logVariance(String raw) {
    String t = graph.add("Sub", raw, graph.scalar(MIN_LOG_VARIANCE));
    String size = graph.add("Exp", graph.add("Neg", graph.add("Abs", t)));
    String log = graph.add("Log", graph.add("Add", size, graph.scalar(1)));
    String softplus = graph.add("Add", graph.add("Max", t, zero), log);
    return graph.add("Add", softplus, graph.scalar(MIN_LOG_VARIANCE));
  }

  private String flags(Decoded decoded) {
    int[] places = IntStream.of(observation.flags).map(features::offset).toArray();
    String logit = graph.add("Mul", graph.columns(decoded.locations(), places), observation.signs);
    String nats = minusLog(graph.add("Sigmoid", logit), 2);
    return graph.add("Where", observation.flagsMissing, zero, nats);
  }

  private String category(Decoded decoded, int i) {
    int feature = observation.categories[i];
    int width = spec(feature).width();
    int first = features.offset(feature);
    String inputs =
        graph.columns(decoded.locations(), IntStream.range(first, first + width).toArray());
    String softmax = graph.add("Softmax", Map.of("axis", 1), inputs);
    String ofCode =
        graph.add(
            "ReduceSum",
            Map.of("keepdims", 1),
            graph.add("Mul", softmax, observation.oneHots.get(i)),
            graph.longs(1));
    return graph.add("Where", observation.categoryMissing.get(i), zero, minusLog(ofCode, width));
  }

  /** −log((1 − δ) p + δ/K). */
  private String minusLog(String p, int k) {
    String kept = graph.add("Mul", p, graph.scalar(1 - floor));
    return graph.add("Neg", graph.add("Log", graph.add("Add", kept, graph.scalar(floor / k))));
  }

  private FeatureSpec spec(int feature) {
    return features.specs().get(feature);
  }
}
