package io.nelbo.model.vae;

import java.lang.reflect.InvocationTargetException;

/**
 * The sums of products and the activations of the layers: all of the kernel that is worth a second
 * way of computing. Matrices are held transposed, one array of all outputs for each input; outputs
 * are padded with zeros to a multiple of {@link #LANES}, as is every array that is worked on whole.
 *
 * <p>Every implementation sums an output in the same order: four inputs by fused multiply-adds, and
 * these sums one after the other; the inputs that are left over one by one. So they differ in
 * speed, and not in one bit. Stateless.
 */
abstract class Products {
  /** The floats of two of the widest vectors there are. */
  static final int LANES = 32;

  private static final Products BEST = choose();

  /** The fastest implementation that this JVM has. */
  static Products best() {
    return BEST;
  }

  /** Returns the least multiple of {@link #LANES} that is no less. */
  static int padded(int outputs) {
    return (outputs + LANES - 1) / LANES * LANES;
  }

  /** Adds W x to y. */
  abstract void add(float[][] columns, float[] x, float[] y);

  /** Adds W x1 to y1 and W x2 to y2, reading W once. */
  abstract void add(float[][] columns, float[] x1, float[] y1, float[] x2, float[] y2);

  /** Adds W x to y. */
  abstract void add(double[][] columns, double[] x, double[] y);

  /** Replaces each value by its {@link Silu}. */
  abstract void silu(float[] x);

  /** Replaces each value by its {@link Exponential}. */
  abstract void exp(double[] x);

  /** The Vector API is an incubator module, there only if the JVM was started with it. */
  private static Products choose() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainProducts();
    }
    try {
      Class<?> vector = Class.forName("io.nelbo.model.vae.VectorProducts");
      return (Products) vector.getDeclaredConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
