package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;

/** A model in an Avro container file. */
public final class ModelFile {
  private ModelFile() {}

  /** Writes the model; a file that is there is replaced only once the new one is whole. */
  public static void write(Path file, ModelVersion version) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a model and checks all of it.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file and why its model is refused
   */
  public static ModelVersion read(Path file) throws IOException {
    throw new UnsupportedOperationException();
  }
}
