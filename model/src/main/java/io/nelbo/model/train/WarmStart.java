package io.nelbo.model.train;

import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of an earlier model as those to start from. They mean the same if each feature has
 * the same inputs and outputs; scaling may differ, since numbers are in scales.
 */
final class WarmStart {
  private WarmStart() {}

  /** Returns a copy of the weights of a member, or null if they do not fit. */
  static float @Nullable [] of(
      @Nullable Ensemble earlier, int member, Shape shape, Features features) {
    if (earlier == null || member >= earlier.members().size()) {
      return null;
    }
    Vae vae = earlier.members().get(member).vae();
    return vae.shape().equals(shape) && isSame(vae.features().specs(), features.specs())
        ? vae.weights().flat().clone()
        : null;
  }

  private static boolean isSame(List<FeatureSpec> earlier, List<FeatureSpec> now) {
    return earlier.size() == now.size()
        && IntStream.range(0, now.size()).allMatch(j -> isSame(earlier.get(j), now.get(j)));
  }

  private static boolean isSame(FeatureSpec earlier, FeatureSpec now) {
    return earlier.name().equals(now.name())
        && earlier.kind() == now.kind()
        && earlier.vocabulary().equals(now.vocabulary())
        && earlier.mayBeMissing() == now.mayBeMissing();
  }
}
