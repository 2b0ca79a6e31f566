package io.nelbo.model.quality;

/** When a detector that follows a stream learns again. */
public enum Retraining {
  /** What was learned from the initial records stays in force. */
  NEVER,
  /** After each interval, from the window as it is; vetoed if it flags more. */
  ALWAYS,
  /** When the trainer would, from what it would learn from, vetoed where it would veto. */
  POLICY
}
