package io.nelbo.streams.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Avro's lists of numbers and the model's arrays. */
final class Numbers {
  private Numbers() {}

  static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  static double[] doubles(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
