package io.nelbo.streams.topics;

import java.util.List;

/** The names of the topics that Nelbo writes. */
public record Topics(
    String alerts,
    String scores,
    String models,
    String window,
    String deadLetters,
    String schemas,
    String counts,
    String modelEvents,
    String commands) {

  /**
   * The largest record that Nelbo writes: room for what the broker takes by default, 1 MiB, however
   * well it was compressed, and for what an alert adds.
   */
  public static final int MAX_RECORD_BYTES = 16 << 20;

  /** The key, on the topic of counts, of those of a candidate; the others have none. */
  public static final String SHADOW_KEY = "shadow";

  /** Returns the names of the topics of the application that sets none of them. */
  public static Topics of(String applicationId) {
    return new Topics(
        applicationId + ".alerts",
        applicationId + ".scores",
        applicationId + ".models",
        applicationId + ".window",
        applicationId + ".dead-letters",
        applicationId + ".schemas",
        applicationId + ".counts",
        applicationId + ".model-events",
        applicationId + ".commands");
  }

  public List<String> all() {
    return List.of(
        alerts, scores, models, window, deadLetters, schemas, counts, modelEvents, commands);
  }
}
