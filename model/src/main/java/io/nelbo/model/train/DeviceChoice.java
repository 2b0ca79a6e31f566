package io.nelbo.model.train;

/** Where to train. */
public enum DeviceChoice {
  /** The first GPU if there is one, else the CPU. */
  AUTO,
  CPU,
  /** The first GPU; training fails with a reason if there is none. */
  GPU
}
