package io.nelbo.streams.cli;

import io.nelbo.model.quality.Detector;
import io.nelbo.model.quality.Protocol;

/** What a line of an evaluation is about. */
record EvaluationRun(String set, Protocol protocol, long seed, Detector detector) {
  @Override
  public String toString() {
    return "%s, %s, seed %d, %s"
        .formatted(set, EvaluationLines.name(protocol), seed, EvaluationLines.name(detector));
  }
}
