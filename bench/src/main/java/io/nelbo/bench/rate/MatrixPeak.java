package io.nelbo.bench.rate;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The rate at which the training's engine multiplies large matrices of floats. */
final class MatrixPeak implements AutoCloseable {
  private static final int SIZE = 1024;
  private static final int PRODUCTS = 20;

  private final NDManager manager;
  private final NDArray left;
  private final NDArray right;

  MatrixPeak(Device device) {
    manager = Engine.getEngine("PyTorch").newBaseManager(device);
    left = manager.randomNormal(new Shape(SIZE, SIZE));
    right = manager.randomNormal(new Shape(SIZE, SIZE));
  }

  /** Returns GFLOP/s, two operations to a multiply-add: the best of some products. */
  double gigaflops() {
    double best = 0;
    for (int i = 0; i < PRODUCTS; i++) {
      try (NDManager scratch = manager.newSubManager()) {
        left.attach(scratch);
        long begun = System.nanoTime();
        float corner = left.matMul(right).getFloat(0, 0); // waits for a GPU
        double seconds = (System.nanoTime() - begun) / 1e9;
        left.attach(manager);
        if (!Float.isNaN(corner)) {
          best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / seconds / 1e9);
        }
      }
    }
    return best;
  }

  @Override
  public void close() {
    manager.close();
  }
}
