package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.onnx.OnnxModel;
import io.nelbo.streams.TestModels;
import io.nelbo.streams.models.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir private Path folder;

  @Test
  void modelOfAFileIsWrittenAsOnnx() throws IOException {
    Path model = folder.resolve("model.avro");
    Path onnx = folder.resolve("model.onnx");
    ModelFile.write(model, TestModels.version(4));

    Run run = Run.of("models", "export", "--model", model, "--out", onnx);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("vae version 4: ", " bytes of ONNX in " + onnx);
    assertThat(onnx).hasBinaryContent(OnnxModel.of(ModelFile.read(model)));
  }

  @Test
  void eitherAVersionOrAFileIsAskedFor() {
    Run run = Run.of("models", "export", "--out", folder.resolve("model.onnx"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--onnx=VERSION | -m=MODEL");
  }
}
