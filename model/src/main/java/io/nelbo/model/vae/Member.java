package io.nelbo.model.vae;

/**
 * A VAE of an {@link Ensemble} with the noise that it scores with. Immutable by contract: the array
 * handed out must not be modified.
 */
public final class Member {
  private final Vae vae;
  private final float[] noise;

  /**
   * Takes a copy of the noise.
   *
   * @param noise ε of the antithetic pair ±ε, one a latent; empty scores at z = μ
   * @throws IllegalArgumentException if the noise does not fit the VAE or is not finite
   */
  public Member(Vae vae, float[] noise) {
    int latent = vae.shape().latent();
    if (noise.length != 0 && noise.length != latent) {
      throw new IllegalArgumentException(
          "noise has 0 or " + latent + " values, one a latent, was " + noise.length);
    }
    for (float value : noise) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("noise must be finite, was " + value);
      }
    }
    this.vae = vae;
    this.noise = noise.clone();
  }

  public Vae vae() {
    return vae;
  }

  public float[] noise() {
    return noise;
  }
}
