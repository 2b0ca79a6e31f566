package io.nelbo.model.quality;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.policy.RetrainPolicy;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Which rows of a window may be trained on. All of them calibrate, or p-values would drift. */
public enum Admission {
  /** Every row: where nothing is in force yet, or a person has accepted what came. */
  ALL {
    @Override
    public IntPredicate learnable(@Nullable FittedDetector inForce, Observations window) {
      return row -> true;
    }
  },

  /** All rows but those that the detector in force finds very unlikely. */
  TRIMMED {
    @Override
    public IntPredicate learnable(@Nullable FittedDetector inForce, Observations window) {
      if (inForce == null) {
        return ALL.learnable(null, window);
      }
      BitSet learnable = new BitSet();
      double[] pValues = inForce.pValues(window);
      for (int row = 0; row < pValues.length; row++) {
        learnable.set(row, !(pValues[row] <= RetrainPolicy.UNTRUSTED));
      }
      return learnable::get;
    }
  };

  /**
   * Returns which rows may be trained on.
   *
   * @param inForce null if nothing is
   */
  public abstract IntPredicate learnable(@Nullable FittedDetector inForce, Observations window);
}
