package io.nelbo.streams.prometheus;

import java.util.Locale;

/**
 * A metric as Prometheus knows it: all its samples share name, type and help.
 *
 * @param name ending in {@code _total} if, and only if, it is a counter
 */
record Family(String name, Type type, String help) {
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  Family {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("name must be of a-z, 0-9 and _, was " + name);
    }
    if (name.endsWith("_total") != (type == Type.COUNTER)) {
      throw new IllegalArgumentException("a counter ends in _total, and nothing else: " + name);
    }
  }

  static Family counter(String name, String help) {
    return new Family(name, Type.COUNTER, help);
  }

  static Family gauge(String name, String help) {
    return new Family(name, Type.GAUGE, help);
  }

  static Family histogram(String name, String help) {
    return new Family(name, Type.HISTOGRAM, help);
  }

  String typeText() {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
