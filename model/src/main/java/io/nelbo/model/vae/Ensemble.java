package io.nelbo.model.vae;

import io.nelbo.model.feature.Features;
import java.util.List;

/**
 * One VAE or several of the same features. The score is the mean of the members' negative ELBOs,
 * which by Jensen's inequality bounds −log p(x) of the even mixture of the members. Immutable;
 * {@link EnsembleElbo} evaluates it.
 */
public record Ensemble(List<Member> members) {
  /**
   * Composes an ensemble.
   *
   * @throws IllegalArgumentException if there is no member, or they differ in more than weights,
   *     shape and noise
   */
  public Ensemble {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one member, was given none");
    }
    Member first = members.get(0);
    for (Member member : members) {
      requireAlike(first, member);
    }
  }

  public static Ensemble of(Vae vae, float[] noise) {
    return new Ensemble(List.of(new Member(vae, noise)));
  }

  public Features features() {
    return members.get(0).vae().features();
  }

  private static void requireAlike(Member first, Member other) {
    if (!first.vae().features().specs().equals(other.vae().features().specs())
        || first.vae().likelihood() != other.vae().likelihood()
        || first.vae().discreteFloor() != other.vae().discreteFloor()) {
      throw new IllegalArgumentException(
          "members of a model must have the same features, likelihood and discreteFloor");
    }
    if ((first.noise().length == 0) != (other.noise().length == 0)) {
      throw new IllegalArgumentException(
          "members of a model must all have noise, or none of them may");
    }
  }
}
