package io.nelbo.model.score;

import java.time.Instant;

/**
 * A trained model as published: under a name, with a version that strictly increases.
 *
 * @param name not blank
 * @param version at least 1
 */
public record ModelVersion(
    String name, long version, Instant trainedAt, TrainedModel model, TrainingReport report) {
  public ModelVersion {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a model needs a name, was blank");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, was " + version);
    }
  }
}
