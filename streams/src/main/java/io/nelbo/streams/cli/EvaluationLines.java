package io.nelbo.streams.cli;

import io.nelbo.model.quality.Evaluation;
import io.nelbo.model.quality.Protocol;
import io.nelbo.model.quality.Retraining;
import java.util.Locale;

/** How results are printed, each as soon as it is known. */
interface EvaluationLines {
  /** What comes before the first result; empty if nothing. */
  String header();

  String run(String set, Evaluation run);

  /** A run that came to nothing, such as a training that was refused. */
  String refused(EvaluationRun run, String reason);

  String mean(EvaluationMean mean);

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the protocol's name, with whether it retrains where it may. */
  static String name(Protocol protocol) {
    Retraining retraining = protocol.retraining();
    return protocol.name() + (retraining == null ? "" : "/" + name(retraining));
  }
}
