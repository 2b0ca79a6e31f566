package io.nelbo.model.quality;

/** Rows to train on and rows to test on, each in the order of the data. Do not modify. */
final class Split {
  private final int[] training;
  private final int[] test;

  Split(int[] training, int[] test) {
    this.training = training;
    this.test = test;
  }

  int[] training() {
    return training;
  }

  int[] test() {
    return test;
  }
}
