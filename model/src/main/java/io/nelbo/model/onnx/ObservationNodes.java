package io.nelbo.model.onnx;

import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the graph computes of an observation alone: which values are missing, the standardised and
 * one-hot values, the encoder's input. The features are sorted by kind: continuous, binary, then
 * each categorical one.
 */
final class ObservationNodes {
  /** How far from the mean, in scales, a value is believed, as the kernel does. */
  private static final double MAX_DEVIATION = 1e6;

  final int[] numbers; // features
  final int[] flags;
  final int[] categories;
  final String numbersMissing; // (rows, numbers), bool
  final String standardised; // (rows, numbers), within ±1e6, 0 where missing
  final String flagsMissing; // (rows, flags), bool
  final String signs; // (rows, flags), 1 or −1
  final List<String> categoryMissing = new ArrayList<>(); // (rows, 1), bool, one a feature
  final List<String> oneHots = new ArrayList<>(); // (rows, width), one a feature
  final String encoderInput; // (rows, inputs), float

  ObservationNodes(Graph graph, Features features, String observation) {
    numbers = ofKind(features, FeatureKind.CONTINUOUS);
    flags = ofKind(features, FeatureKind.BINARY);
    categories = ofKind(features, FeatureKind.CATEGORICAL);
    String zero = graph.scalar(0);
    List<String> inputs = new ArrayList<>();
    List<Integer> places = new ArrayList<>(); // of each input in that list
    // Kinds that no feature has are left out: no operator is asked for a table without columns.
    if (numbers.length > 0) {
      String values = graph.columns(observation, numbers);
      numbersMissing = graph.add("IsNaN", values);
      double[] means = IntStream.of(numbers).mapToDouble(j -> spec(features, j).mean()).toArray();
      double[] scales = IntStream.of(numbers).mapToDouble(j -> spec(features, j).scale()).toArray();
      String y =
          graph.add("Div", graph.add("Sub", values, graph.doubles(means)), graph.doubles(scales));
      String present = graph.add("Where", numbersMissing, zero, y);
      standardised = clip(graph, present, MAX_DEVIATION);
      inputs.add(clip(graph, present, Features.INPUT_CLIP));
      IntStream.of(numbers).map(features::offset).forEach(places::add);
    } else {
      numbersMissing = "";
      standardised = "";
    }
    if (flags.length > 0) {
      String values = graph.columns(observation, flags);
      flagsMissing = graph.add("IsNaN", values);
      signs =
          graph.add("Where", graph.add("Greater", values, zero), graph.scalar(1), graph.scalar(-1));
      inputs.add(graph.add("Where", flagsMissing, zero, signs));
      IntStream.of(flags).map(features::offset).forEach(places::add);
    } else {
      flagsMissing = "";
      signs = "";
    }
    for (int j : categories) {
      String code = graph.columns(observation, j);
      int width = spec(features, j).width();
      String codes = graph.doubles(IntStream.range(0, width).asDoubleStream().toArray());
      String oneHot = graph.cast(graph.add("Equal", code, codes), Graph.DOUBLE);
      categoryMissing.add(graph.add("IsNaN", code));
      oneHots.add(oneHot);
      inputs.add(oneHot);
      IntStream.range(0, width).map(k -> features.offset(j) + k).forEach(places::add);
    }
    int[] missable =
        IntStream.range(0, features.count())
            .filter(j -> spec(features, j).mayBeMissing())
            .toArray();
    if (missable.length > 0) {
      String missing = graph.add("IsNaN", graph.columns(observation, missable));
      inputs.add(graph.cast(missing, Graph.DOUBLE));
      IntStream.range(features.outputs(), features.inputs()).forEach(places::add);
    }
    String byKind = graph.add("Concat", Map.of("axis", 1), inputs.toArray(String[]::new));
    int[] order = new int[places.size()];
    for (int i = 0; i < order.length; i++) {
      order[places.get(i)] = i;
    }
    encoderInput = graph.cast(graph.columns(byKind, order), Graph.FLOAT);
  }

  private static int[] ofKind(Features features, FeatureKind kind) {
    return IntStream.range(0, features.count())
        .filter(j -> spec(features, j).kind() == kind)
        .toArray();
  }

  private static FeatureSpec spec(Features features, int feature) {
    return features.specs().get(feature);
  }

  private static String clip(Graph graph, String value, double bound) {
    return graph.add("Clip", value, graph.bound(-bound), graph.bound(bound));
  }
}
