package io.nelbo.streams.models;

import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;

/**
 * That an instance did not put a published model in force.
 *
 * @param place where on the models topic it is
 * @param inForce the version that stays; 0 if there is none
 */
public record Refusal(Instant at, String place, String reason, long inForce) {
  /** The process and its machine. */
  private static final String INSTANCE = ManagementFactory.getRuntimeMXBean().getName();

  /**
   * Returns one sentence: who refused what, and why.
   *
   * @param program that refused it
   */
  public String sentence(String program) {
    return "%s %s refused the model %s, version %d stays in force: %s"
        .formatted(program, INSTANCE, place, inForce, reason);
  }

  /** Returns the event that tells of it. */
  public ModelEvent event(String modelName, String program) {
    return ModelEvent.newBuilder()
        .setModel(modelName)
        .setKind(ModelEventKind.REFUSED)
        .setAt(at)
        .setInForce(inForce == 0 ? null : inForce)
        .setSentence(sentence(program))
        .setNumbers(Map.of())
        .build();
  }
}
