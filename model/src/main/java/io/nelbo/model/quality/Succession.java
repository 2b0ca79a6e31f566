package io.nelbo.model.quality;

import io.nelbo.model.feature.Observations;
import io.nelbo.model.policy.RetrainPolicy;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a newly fitted detector may follow the one in force: the {@link Veto}, on the newest part
 * of the window that the new one was fitted to. One that was fitted to trimmed rows must also
 * {@linkplain Explained explain} some of what the one in force flags, if that is more than chance
 * explains.
 *
 * @param reason one clause that goes with "published" or "vetoed"
 */
public record Succession(boolean isAllowed, String reason) {

  /**
   * Decides.
   *
   * @param inForce null if there is none, and whatever gives finite scores may be the first
   * @param nameInForce what a reason calls it, such as "version 3"
   * @param window oldest first, unfiltered
   * @param admission of the rows that the candidate was trained on
   * @param alertRate above 0
   */
  public static Succession of(
      FittedDetector candidate,
      @Nullable FittedDetector inForce,
      String nameInForce,
      Observations window,
      Admission admission,
      double alertRate) {
    int count = Veto.newest(window.size());
    Observations newest =
        window.select(IntStream.range(window.size() - count, window.size()).toArray());
    double alpha = RetrainPolicy.of(alertRate).alpha();
    int flags = candidate.flags(newest, alpha);
    if (flags == FittedDetector.NOT_FINITE) {
      return new Succession(false, "it gives scores that are not finite");
    }
    if (inForce == null) {
      return new Succession(true, "no model was in force");
    }
    int flagsInForce = inForce.flags(newest, alpha);
    // What the detector in force cannot score speaks for its successor.
    Veto veto =
        new Veto(
            count, alpha, flags, flagsInForce == FittedDetector.NOT_FINITE ? count : flagsInForce);
    String numbers = veto.describe(nameInForce);
    if (veto.isVetoed()
        || admission == Admission.ALL
        || veto.isInForceCalibrated(inForce.calibration().size())) {
      return new Succession(!veto.isVetoed(), numbers);
    }
    Explained explained = Explained.of(candidate.scores(newest), inForce.pValues(newest), alpha);
    return explained.isVetoed()
        ? new Succession(false, explained.describe(nameInForce))
        : new Succession(true, numbers);
  }
}
