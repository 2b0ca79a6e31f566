package io.nelbo.streams.prometheus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One scrape in Prometheus' text format, version 0.0.4. Samples of one family may be added in any
 * order; of two with the same labels, as while a partition moves from thread to thread, counters
 * are summed and the greater gauge is kept.
 */
final class Exposition {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<Family, Map<String, Double>> families = new LinkedHashMap<>();

  /** Adds a sample; of one that is not finite only the family, since there is no value yet. */
  void add(Family family, Map<String, String> labels, double value) {
    add(family, "", labels, value);
  }

  /**
   * Adds a sample.
   *
   * @param suffix of the name: that of a histogram's series, or none
   */
  void add(Family family, String suffix, Map<String, String> labels, double value) {
    Map<String, Double> samples = families.computeIfAbsent(family, f -> new LinkedHashMap<>());
    if (Double.isFinite(value)) {
      samples.merge(
          family.name() + suffix + text(labels),
          value,
          family.type() == Family.Type.GAUGE ? Math::max : Double::sum);
    }
  }

  String text() {
    StringBuilder text = new StringBuilder(16_384);
    families.forEach(
        (family, samples) -> {
          text.append("# HELP ").append(family.name()).append(' ');
          text.append(family.help().replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
          text.append("# TYPE ").append(family.name()).append(' ');
          text.append(family.typeText()).append('\n');
          samples.forEach(
              (series, value) ->
                  text.append(series).append(' ').append(number(value)).append('\n'));
        });
    return text.toString();
  }

  private static String number(double value) {
    long whole = (long) value;
    return whole == value ? Long.toString(whole) : Double.toString(value);
  }

  private static String text(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("{");
    // "le" comes last, as everybody writes it.
    Map<String, String> sorted = new TreeMap<>((a, b) -> rank(a).compareTo(rank(b)));
    sorted.putAll(labels);
    sorted.forEach(
        (name, value) ->
            text.append(text.length() > 1 ? "," : "")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
    return text.append('}').toString();
  }

  private static String rank(String label) {
    return label.equals("le") ? "~" : label;
  }
}
