package io.nelbo.bench.stream;

import io.nelbo.streams.topics.Topics;
import java.util.Locale;

/** The topologies that are compared. */
enum Variant {
  /** Every record is written on as it is: what Kafka Streams does anyway. */
  PASS_THROUGH("pass-through"),
  /** The same, and every record is decoded into an observation. */
  DECODE("pass-through + decode"),
  /** The detector by default: alerts and a sample for the window. */
  DETECTOR("detector"),
  /** The detector that also writes the score of every record: as many records out as in. */
  SCORES("detector, all scores");

  private final String title;

  Variant(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Its name in topics and in JSON. */
  String id() {
    return this == PASS_THROUGH ? "passThrough" : name().toLowerCase(Locale.ROOT);
  }

  boolean isDetector() {
    return this == DETECTOR || this == SCORES;
  }

  /** The topic that its outcome is read from. */
  String output(String applicationId) {
    Topics topics = Topics.of(applicationId);
    return this == DETECTOR ? topics.alerts() : topics.scores();
  }
}
