package io.nelbo.streams.cli;

import io.nelbo.model.onnx.OnnxModel;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.models.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Writes a model as ONNX, for programs that have no Nelbo: from observations to their score,"
          + " reconstruction, KL, p-value and each feature's nats. docs/onnx.md says what goes in."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo models export --onnx 3 --out pumps-3.onnx -o application.id=pumps",
      "  nelbo models export --model model.avro --out model.onnx"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @ArgGroup(multiplicity = "1")
  private From from = new From();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The ONNX file to write.")
  private Path out;

  private static final class From {
    @Option(
        names = "--onnx",
        paramLabel = "VERSION",
        description = "The version on the models topic to write.")
    private @Nullable Long version;

    @Option(
        names = {"-m", "--model"},
        paramLabel = "MODEL",
        description = "The model to write, as nelbo fit writes it.")
    private @Nullable Path file;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ModelVersion model = model();
    byte[] onnx = OnnxModel.of(model);
    Files.write(out, onnx);
    PrintWriter console = spec.commandLine().getOut();
    console.println(
        "%s version %d: %,d bytes of ONNX in %s"
            .formatted(model.name(), model.version(), onnx.length, out));
    console.flush();
    return 0;
  }

  private ModelVersion model() throws IOException, InterruptedException {
    if (from.file != null) {
      return ModelFile.read(from.file);
    }
    if (from.version == null) {
      throw new IllegalStateException("picocli asks for one of the two");
    }
    return ModelsCommand.version(ClientConfig.of(kafka.settings()), from.version);
  }
}
