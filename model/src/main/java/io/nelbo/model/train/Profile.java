package io.nelbo.model.train;

import java.util.List;

/** What a training makes: one VAE, or several that score together. */
public enum Profile {
  /** One VAE with linear paths and the standard normal prior. */
  FAST,

  /**
   * Three VAEs, better at about three times the cost: that of {@link #FAST}, the same without
   * linear paths, and one with as many latents as outputs and a learned mixture prior.
   */
  ACCURATE;

  /** The networks to train, one a member, in order. */
  List<Architecture> members() {
    return switch (this) {
      case FAST -> List.of(Architecture.FACTOR);
      case ACCURATE -> List.of(Architecture.FACTOR, Architecture.NETWORK, Architecture.MIXTURE);
    };
  }
}
