package io.nelbo.model.vae;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * The sums of products and the activations of one network: all of the kernel that is worth a second
 * way of computing. An implementation computes {@link #width} observations side by side; in every
 * array the values of these stand together, one after the other. How a matrix is laid out, and to
 * what its outputs are padded with zeros, is the implementation's own.
 *
 * <p>Every implementation sums an output in the same order: each {@link #group} of inputs by fused
 * multiply-adds on its own, the first from the bias on, the others from zero, and these sums one
 * after the other. A path is one group. So they differ in speed, and not in one bit. Functions of
 * each value are in plain Java here. Its layers made, an instance is immutable.
 */
abstract class Products {
  /** The floats of two of the widest vectors there are. */
  static final int LANES = 32;

  /** The doubles of two of the widest vectors there are. */
  static final int SUMS = LANES / 2;

  /**
   * The inputs that are summed on their own where there are more than twice as many: one long sum
   * would lose the accuracy of floats.
   */
  private static final int GROUP = 32;

  private static final @Nullable Constructor<?> VECTOR = vector("VectorProducts");
  private static final @Nullable Constructor<?> BLOCK = vector("VectorBlocks");

  /**
   * Returns the fastest implementation that this JVM has.
   *
   * @param weights how many all matrices of the network have, outputs padded
   */
  static Products of(int weights) {
    return VECTOR == null ? new PlainProducts() : make(VECTOR, weights);
  }

  /** Returns the fastest implementation for blocks of observations that this JVM has. */
  static Products ofBlocks() {
    return BLOCK == null ? new PlainBlocks() : make(BLOCK);
  }

  private static Products make(Constructor<?> constructor, Object... arguments) {
    try {
      return (Products) constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The observations that are computed side by side. */
  int width() {
    return 1;
  }

  /** Returns how many of a matrix's inputs are summed on their own. */
  static int group(int inputs) {
    return inputs <= 2 * GROUP ? inputs : GROUP;
  }

  /** Returns the least multiple of {@link #LANES} that is no less. */
  static int padded(int outputs) {
    return (outputs + LANES - 1) / LANES * LANES;
  }

  /** Returns what arrays of doubles are padded to, of which a vector has half as many. */
  static int paddedDoubles(int outputs) {
    return (outputs + SUMS - 1) / SUMS * SUMS;
  }

  /** Lays three layers out. */
  abstract Perceptron perceptron(Affine layer1, Affine layer2, Affine layer3);

  /** Returns y += W x in double, of a matrix of inputs columns given row by row. */
  abstract LinearPath path(float[] rows, int inputs);

  /** Replaces each value by its {@link Silu}. */
  void silu(float[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] = Silu.of(x[j]);
    }
  }

  /** Writes each value as a double. */
  void widen(float[] x, double[] y) {
    for (int j = 0; j < x.length; j++) {
      y[j] = x[j];
    }
  }

  /** Writes each value as a float. */
  void narrow(double[] x, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = (float) x[j];
    }
  }

  /** Replaces each value by its {@link Exponential}. */
  void exp(double[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] = Exponential.of(x[j]);
    }
  }

  /** Sums the terms of a sample's range of features, from a multiple of {@link #SUMS} on. */
  abstract void sum(GaussianTerms terms, int sample, int from, int to);

  /** Sums over these sums, of each observation. */
  abstract void fold(GaussianTerms terms);

  /** The Vector API is an incubator module, there only if the JVM was started with it. */
  private static @Nullable Constructor<?> vector(String name) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return null;
    }
    try {
      return Class.forName("io.nelbo.model.vae." + name).getDeclaredConstructors()[0];
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
