package io.nelbo.model.onnx;

import io.nelbo.model.score.PValueCurve;

/** The p-value of a score: counted among the calibration scores, and by the tail beyond them. */
final class PValueNodes {
  private PValueNodes() {}

  static String of(Graph graph, String score, PValueCurve curve) {
    String column = graph.add("Unsqueeze", score, graph.longs(1));
    String counted = counted(graph, column, curve);
    String inTail = graph.add("Greater", score, graph.scalar(curve.threshold()));
    return graph.add("Where", inTail, tail(graph, score, curve), counted);
  }

  /** Interval by interval of the kept scores: p is that of the first kept score not below. */
  private static String counted(Graph graph, String column, PValueCurve curve) {
    // Gather by the number of kept scores below; a table of the p-values has one more entry.
    String below = graph.add("Less", graph.doubles(curve.scores()), column);
    String count = graph.sum(graph.cast(below, Graph.INT64));
    return graph.add("Gather", graph.doubles(curve.pValues()), count);
  }

  // As ParetoTail does: exponential beyond the reach of a tail that would end.
  private static String tail(Graph graph, String score, PValueCurve curve) {
    String within =
        Double.isInfinite(curve.reach())
            ? score
            : graph.add("Min", score, graph.scalar(curve.reach()));
    String z =
        graph.add(
            "Div",
            graph.add("Sub", within, graph.scalar(curve.threshold())),
            graph.scalar(curve.scale()));
    String log;
    if (curve.shape() == 0) {
      log = graph.add("Neg", z);
    } else {
      // Below the threshold the tail is not used, and its logarithm must not be of a negative.
      String positive = graph.add("Max", z, graph.scalar(0));
      String base =
          graph.add(
              "Add", graph.add("Mul", positive, graph.scalar(curve.shape())), graph.scalar(1));
      log = graph.add("Mul", graph.add("Log", base), graph.scalar(-1 / curve.shape()));
    }
    if (!Double.isInfinite(curve.reach())) {
      String beyond =
          graph.add("Max", graph.add("Sub", score, graph.scalar(curve.reach())), graph.scalar(0));
      log = graph.add("Sub", log, graph.add("Div", beyond, graph.scalar(curve.scaleAtReach())));
    }
    String p = graph.add("Mul", graph.add("Exp", log), graph.scalar(curve.pValueAtThreshold()));
    return graph.add("Max", p, graph.scalar(Double.MIN_NORMAL));
  }
}
