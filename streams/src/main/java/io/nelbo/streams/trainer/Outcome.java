package io.nelbo.streams.trainer;

import io.nelbo.model.train.Trained;
import org.jspecify.annotations.Nullable;

/**
 * How a training ended.
 *
 * @param trained the model; null if the training failed
 * @param reason one sentence: why the model is to be published, was vetoed, or is missing
 * @param skipped how many records of the window could not be read
 * @param cause of a failure that is a defect rather than a fault of the data; null otherwise
 */
record Outcome(
    Kind kind, @Nullable Trained trained, String reason, int skipped, @Nullable Throwable cause) {
  enum Kind {
    PASSED,
    VETOED,
    FAILED
  }

  static Outcome passed(Trained trained, String reason, int skipped) {
    return new Outcome(Kind.PASSED, trained, reason, skipped, null);
  }

  static Outcome vetoed(Trained trained, String reason, int skipped) {
    return new Outcome(Kind.VETOED, trained, reason, skipped, null);
  }

  static Outcome failed(String reason, int skipped) {
    return new Outcome(Kind.FAILED, null, reason, skipped, null);
  }

  static Outcome broken(Throwable cause) {
    return new Outcome(Kind.FAILED, null, cause.toString(), 0, cause);
  }
}
