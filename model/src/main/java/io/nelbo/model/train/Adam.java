package io.nelbo.model.train;

/**
 * Adam (Kingma and Ba 2015) on one flat array of weights, with the gradient's norm held at {@value
 * #MAX_NORM}, and the moving average of the weights, which is what scores.
 *
 * <p>It is plain Java because a step costs less than one native call a tensor would. NOT thread
 * safe.
 */
final class Adam {
  private static final double MAX_NORM = 5;
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final double MAX_DECAY = 0.99;

  private final float[] weights;
  private final float[] average;
  private final float[] first;
  private final float[] second;
  private int steps;

  /** Starts from the given weights, which become its own. */
  Adam(float[] weights) {
    this.weights = weights;
    average = weights.clone();
    first = new float[weights.length];
    second = new float[weights.length];
  }

  float[] weights() {
    return weights;
  }

  float[] average() {
    return average;
  }

  /** Takes a step; returns false, having changed nothing, if the gradient is not finite. */
  boolean step(float[] gradient, double rate) {
    double norm = norm(gradient);
    if (!Double.isFinite(norm)) {
      return false;
    }
    float scale = norm > MAX_NORM ? (float) (MAX_NORM / norm) : 1;
    double decay = Math.min(MAX_DECAY, (1.0 + steps) / (10.0 + steps));
    steps++;
    float rate1 = (float) (rate / (1 - Math.pow(BETA_1, steps)));
    float correction2 = (float) (1 / (1 - Math.pow(BETA_2, steps)));
    update(gradient, scale, rate1, correction2, (float) (1 - decay));
    return true;
  }

  private void update(float[] gradient, float scale, float rate, float correction2, float share) {
    for (int i = 0; i < weights.length; i++) {
      float g = gradient[i] * scale;
      float m = BETA_1 * first[i] + (1 - BETA_1) * g;
      float v = BETA_2 * second[i] + (1 - BETA_2) * g * g;
      float w = weights[i] - rate * m / ((float) Math.sqrt(v * correction2) + EPSILON);
      first[i] = m;
      second[i] = v;
      weights[i] = w;
      average[i] += share * (w - average[i]);
    }
  }

  private static double norm(float[] gradient) {
    double sum = 0;
    for (float g : gradient) {
      sum += (double) g * g;
    }
    return Math.sqrt(sum);
  }
}
