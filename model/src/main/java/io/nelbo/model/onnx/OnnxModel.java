package io.nelbo.model.onnx;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.vae.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A model as an ONNX file: from observations to their negative ELBO, with the noise that the model
 * scores with, so that the score is the kernel's to about 1e-5.
 *
 * <p>Input {@code observation}, double (rows, features): what {@link
 * io.nelbo.model.feature.Features} says of an observation, in the order of the metadata's {@code
 * nelbo.features}. Outputs, double: {@code score}, {@code reconstruction}, {@code kl} and {@code
 * p_value} (rows), {@code nats} (rows, features) of each feature. Metadata {@code nelbo.features}
 * has a line for each feature: its name, kind, mean nats on normal records and, of a categorical
 * one, the values with the codes 1, 2 and so on; with tabs between.
 */
public final class OnnxModel {
  static final String OBSERVATION = "observation";

  /** ONNX 1.13 and ONNX Runtime 1.14 and all later read it. */
  private static final int OPSET = 18;

  private static final int IR_VERSION = 8;

  private OnnxModel() {}

  /** Returns the bytes of the file. */
  public static byte[] of(ModelVersion version) {
    TrainedModel model = version.model();
    Graph graph = new Graph("nelbo");
    graph.input(OBSERVATION, model.features().count());
    ObservationNodes observation = new ObservationNodes(graph, model.features(), OBSERVATION);
    List<String> nats = new ArrayList<>();
    List<String> divergences = new ArrayList<>();
    for (Member member : model.ensemble().members()) {
      NetworkNodes network = new NetworkNodes(graph, member, observation.encoderInput);
      LikelihoodNodes likelihood = new LikelihoodNodes(graph, member.vae(), observation);
      nats.add(graph.mean(network.decode().stream().map(likelihood::nats).toList()));
      divergences.add(DivergenceNodes.of(graph, network, member.vae().weights()));
    }
    String meanNats = graph.mean(nats);
    String meanKl = graph.mean(divergences);
    String reconstruction = graph.sum(meanNats);
    String score = graph.add("Add", reconstruction, meanKl);
    name(graph, "score", score);
    name(graph, "reconstruction", reconstruction);
    name(graph, "kl", meanKl);
    name(graph, "p_value", PValueNodes.of(graph, score, model.calibration().curve()));
    graph.output("nats", model.features().count());
    graph.name("nats", meanNats);
    return file(version, graph);
  }

  private static void name(Graph graph, String output, String result) {
    graph.output(output);
    graph.name(output, result);
  }

  // ModelProto
  private static byte[] file(ModelVersion version, Graph graph) {
    Protobuf file =
        new Protobuf()
            .integer(1, IR_VERSION)
            .text(2, "nelbo")
            .text(4, "io.nelbo")
            .integer(5, version.version())
            .message(7, graph.proto())
            .message(8, new Protobuf().integer(2, OPSET));
    new TreeMap<>(metadata(version))
        .forEach((key, value) -> file.message(14, new Protobuf().text(1, key).text(2, value)));
    return file.toBytes();
  }

  private static Map<String, String> metadata(ModelVersion version) {
    TrainedModel model = version.model();
    StringBuilder features = new StringBuilder();
    for (int j = 0; j < model.features().count(); j++) {
      FeatureSpec spec = model.features().specs().get(j);
      features
          .append(escaped(spec.name()))
          .append('\t')
          .append(spec.kind().name().toLowerCase(Locale.ROOT))
          .append('\t')
          .append(model.baseline()[j])
          .append(
              spec.vocabulary().stream()
                  .map(value -> "\t" + escaped(value))
                  .collect(Collectors.joining()))
          .append('\n');
    }
    return Map.of(
        "nelbo.model", version.name(),
        "nelbo.version", Long.toString(version.version()),
        "nelbo.trained-at", version.trainedAt().toString(),
        "nelbo.sha256", model.sha256(),
        "nelbo.features", features.toString());
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
  }
}
