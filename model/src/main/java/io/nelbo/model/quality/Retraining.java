package io.nelbo.model.quality;

/** When a detector that follows a stream learns again. */
public enum Retraining {
  /** What was learned from the initial records stays in force. */
  NEVER,
  /** After each block, from the window as it is; vetoed where the trainer would veto it. */
  ALWAYS
}
