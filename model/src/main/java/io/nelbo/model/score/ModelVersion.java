package io.nelbo.model.score;

import java.time.Instant;

/**
 * A trained model as published: under a name, with a version that strictly increases.
 *
 * @param version at least 1
 */
public record ModelVersion(
    String name, long version, Instant trainedAt, TrainedModel model, TrainingReport report) {
  public ModelVersion {
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, was " + version);
    }
  }
}
