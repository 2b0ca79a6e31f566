package io.nelbo.model.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An ONNX graph under construction: nodes in the order of computation, each returning the name of
 * its result, and constants. Operators are those of opset 18 that ONNX Runtime computes in double.
 */
final class Graph {
  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int DOUBLE = 11;

  // GraphProto's fields
  private static final int NODE = 1;
  private static final int INITIALIZER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;

  private final Protobuf nodes = new Protobuf();
  private final Protobuf rest = new Protobuf();
  private int names;

  Graph(String name) {
    rest.text(2, name);
  }

  /** Declares a table of doubles with a row for each observation. */
  void input(String name, int columns) {
    rest.message(INPUT, table(name, columns));
  }

  /** Declares that a result is one number for each observation. */
  void output(String name) {
    rest.message(OUTPUT, value(name, new Protobuf().message(1, rows())));
  }

  void output(String name, int columns) {
    rest.message(OUTPUT, table(name, columns));
  }

  private static Protobuf table(String name, int columns) {
    Protobuf shape =
        new Protobuf().message(1, rows()).message(1, new Protobuf().integer(1, columns));
    return value(name, shape);
  }

  private static Protobuf rows() {
    return new Protobuf().text(2, "rows");
  }

  private static Protobuf value(String name, Protobuf shape) {
    Protobuf tensor = new Protobuf().integer(1, DOUBLE).message(2, shape);
    return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
  }

  String scalar(double value) {
    return doubles(new double[] {value});
  }

  /** Adds a number without dimensions, as Clip asks for. */
  String bound(double value) {
    return constant(DOUBLE, buffer(Double.BYTES).putDouble(value));
  }

  /** Adds a row of constants, which goes with every row of a table. */
  String doubles(double[] values) {
    ByteBuffer raw = buffer(values.length * Double.BYTES);
    raw.asDoubleBuffer().put(values);
    return constant(DOUBLE, raw, values.length);
  }

  /** Adds a matrix of constants, row by row. */
  String doubles(double[] values, int rows, int columns) {
    ByteBuffer raw = buffer(values.length * Double.BYTES);
    raw.asDoubleBuffer().put(values);
    return constant(DOUBLE, raw, rows, columns);
  }

  String floats(float[] values, int... dimensions) {
    ByteBuffer raw = buffer(values.length * Float.BYTES);
    raw.asFloatBuffer().put(values);
    return constant(FLOAT, raw, dimensions);
  }

  String longs(int... values) {
    ByteBuffer raw = buffer(values.length * Long.BYTES);
    for (int value : values) {
      raw.putLong(value);
    }
    return constant(INT64, raw, values.length);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(int type, ByteBuffer raw, int... dimensions) {
    String name = "c" + names++;
    byte[] bytes = new byte[raw.capacity()];
    raw.rewind().get(bytes);
    Protobuf tensor = new Protobuf();
    for (int dimension : dimensions) {
      tensor.integer(1, dimension);
    }
    tensor.integer(2, type).text(8, name).bytes(9, bytes);
    rest.message(INITIALIZER, tensor);
    return name;
  }

  /** Adds a node without attributes. */
  String add(String operator, String... inputs) {
    return add(operator, Map.of(), inputs);
  }

  /** Adds a node with whole-numbered attributes. */
  String add(String operator, Map<String, Integer> attributes, String... inputs) {
    String result = "n" + names++;
    named(result, operator, attributes, inputs);
    return result;
  }

  /** Gives a result the name of an output. */
  void name(String output, String result) {
    named(output, "Identity", Map.of(), result);
  }

  private void named(
      String result, String operator, Map<String, Integer> attributes, String... inputs) {
    Protobuf node = new Protobuf();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, result).text(3, result).text(4, operator);
    new TreeMap<>(attributes)
        .forEach(
            (key, value) ->
                // AttributeProto: its name, its value, its type INT.
                node.message(5, new Protobuf().text(1, key).integer(3, value).integer(20, 2)));
    nodes.message(NODE, node);
  }

  /** a · bᵀ + c, in float. */
  String dense(String a, String b, String c) {
    return add("Gemm", Map.of("transB", 1), a, b, c);
  }

  String cast(String value, int type) {
    return add("Cast", Map.of("to", type), value);
  }

  /** The columns of a table at some places, in that order. */
  String columns(String table, int... places) {
    return add("Gather", Map.of("axis", 1), table, longs(places));
  }

  /** The sum over the columns: one number a row. */
  String sum(String table) {
    return reduce("ReduceSum", table);
  }

  /** Reduces the columns to one number a row. */
  String reduce(String operator, String table) {
    return add(operator, Map.of("keepdims", 0), table, longs(1));
  }

  /** The mean of several tables of one size. */
  String mean(List<String> tables) {
    String sum = tables.get(0);
    for (String table : tables.subList(1, tables.size())) {
      sum = add("Add", sum, table);
    }
    return tables.size() == 1 ? sum : add("Div", sum, scalar(tables.size()));
  }

  /** Returns the GraphProto. */
  Protobuf proto() {
    Protobuf proto = new Protobuf();
    proto.append(nodes);
    proto.append(rest);
    return proto;
  }
}
