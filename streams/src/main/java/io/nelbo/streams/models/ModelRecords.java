package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.Model;

/** Models as they are published: {@link ModelVersion} to and from Avro. */
public final class ModelRecords {
  private ModelRecords() {}

  public static Model toAvro(ModelVersion version) {
    throw new UnsupportedOperationException();
  }

  /**
   * Rebuilds a published model and checks all of it.
   *
   * @throws IllegalArgumentException with the reason to refuse it
   */
  public static ModelVersion fromAvro(Model published) {
    throw new UnsupportedOperationException();
  }
}
