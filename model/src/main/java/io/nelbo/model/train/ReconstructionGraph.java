package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.Vae;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The negative log-likelihood of a batch and its slopes, by kind of feature. */
final class ReconstructionGraph {
  /** What a batch's summed nats rise by with each location and raw variance; null without any. */
  record Slopes(NDArray location, @Nullable NDArray rawVariance) {}

  private final Map<FeatureKind, NDArray> pickers;
  private final Map<FeatureKind, NDArray> placers = new EnumMap<>(FeatureKind.class);
  private final NumbersGraph numbers;
  private final FlagsGraph flags;
  private final CategoriesGraph categories;

  ReconstructionGraph(NDManager constants, Vae vae) {
    Features features = vae.features();
    pickers = Columns.byKind(constants, features, features.outputs());
    pickers.forEach((kind, picker) -> placers.put(kind, picker.transpose()));
    numbers = new NumbersGraph(constants, vae.likelihood());
    flags = new FlagsGraph(constants, vae.discreteFloor());
    categories = new CategoriesGraph(constants, vae);
  }

  /** Returns the negative log-likelihood of each row, in nats of the standardised units. */
  NDArray nats(NDArray location, NDArray rawVariance, Batch batch) {
    @Nullable NDArray sum = null;
    for (FeatureKind kind : pickers.keySet()) {
      NDArray picked = picked(location, kind);
      NDArray target = target(batch, kind);
      NDArray nats =
          switch (kind) {
            case CONTINUOUS -> numbers.nats(picked, rawVariance, target, batch.present());
            case BINARY -> flags.nats(picked, target);
            case CATEGORICAL -> categories.nats(picked, target);
          };
      sum = sum == null ? nats : sum.addi(nats);
    }
    return Objects.requireNonNull(sum);
  }

  Slopes slopes(NDArray location, NDArray rawVariance, Batch batch) {
    @Nullable NDArray sum = null;
    @Nullable NDArray slopeOfRawVariance = null;
    for (FeatureKind kind : pickers.keySet()) {
      NDArray picked = picked(location, kind);
      NDArray target = target(batch, kind);
      NDArray slope =
          switch (kind) {
            case CONTINUOUS -> {
              Slopes both = numbers.slopes(picked, rawVariance, target, batch.present());
              slopeOfRawVariance = both.rawVariance();
              yield both.location();
            }
            case BINARY -> flags.slope(picked, target);
            case CATEGORICAL -> categories.slope(picked, target);
          };
      NDArray placed =
          pickers.size() == 1 ? slope : slope.matMul(Objects.requireNonNull(placers.get(kind)));
      sum = sum == null ? placed : sum.addi(placed);
    }
    return new Slopes(Objects.requireNonNull(sum), slopeOfRawVariance);
  }

  private NDArray picked(NDArray location, FeatureKind kind) {
    return pickers.size() == 1
        ? location
        : location.matMul(Objects.requireNonNull(pickers.get(kind)));
  }

  private static NDArray target(Batch batch, FeatureKind kind) {
    return Objects.requireNonNull(batch.targets().get(kind));
  }
}
