package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;

/** Models in force, without a topic that they come from. */
public final class InForce {
  private InForce() {}

  public static void put(CurrentModel current, ModelVersion version) {
    current.replaceWith(version);
  }
}
