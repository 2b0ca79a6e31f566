package io.nelbo.model.drift;

import java.util.Arrays;

/**
 * The probability of a sequence of draws from bins whose shares are unknown, a Dirichlet
 * distribution being all that is known of them: the Dirichlet-multinomial. Counts may be fractions.
 */
final class PolyaUrn {
  private final double[] parameters;
  private final double sum;
  private final double constant;

  PolyaUrn(double[] parameters) {
    this.parameters = parameters.clone();
    sum = Arrays.stream(parameters).sum();
    double logs = LogGamma.of(sum);
    for (double parameter : parameters) {
      logs -= LogGamma.of(parameter);
    }
    constant = logs;
  }

  double logProbability(double[] counts) {
    double drawn = 0;
    double log = constant;
    for (int bin = 0; bin < counts.length; bin++) {
      drawn += counts[bin];
      log += LogGamma.of(parameters[bin] + counts[bin]);
    }
    return log - LogGamma.of(sum + drawn);
  }
}
