package io.nelbo.streams.prometheus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scrape in Prometheus' text format, read as strictly as its specification says, and somewhat
 * more: whatever Prometheus might forgive, this does not.
 */
public final class Scraped {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-z][a-z0-9_]*) (\\S.*)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-z][a-z0-9_]*) (counter|gauge|histogram)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z][a-z0-9_]*)(?:\\{(.*)\\})? (-?[0-9][0-9.E+-]*)");
  private static final Pattern LABEL =
      Pattern.compile("([a-z][a-z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\"(?:,(?=.)|$)");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Map<Map<String, String>, Double>> samples = new HashMap<>();
  private String family = "";
  private boolean typed;

  private Scraped() {}

  /** Reads a scrape; an AssertionError says what is wrong with it, and where. */
  public static Scraped parse(String text) {
    Scraped scraped = new Scraped();
    if (!text.endsWith("\n")) {
      throw new AssertionError("the last line must end as the others do");
    }
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        scraped.take(line);
      }
    }
    scraped.checkHistograms();
    return scraped;
  }

  private void take(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      family = help.group(1);
      typed = false;
      require(types.putIfAbsent(family, "") == null, "a family comes twice", line);
    } else if (type.matches()) {
      require(type.group(1).equals(family) && !typed, "the type must follow its help", line);
      types.put(family, type.group(2));
      typed = true;
    } else {
      require(sample.matches(), "neither comment nor sample", line);
      takeSample(line, sample.group(1), labels(line, sample.group(2)), sample.group(3));
    }
  }

  private void takeSample(String line, String name, Map<String, String> labels, String number) {
    require(typed, "a sample without help and type", line);
    String type = types.getOrDefault(family, "");
    boolean ofFamily =
        type.equals("histogram")
            ? List.of(family + "_bucket", family + "_sum", family + "_count").contains(name)
            : name.equals(family);
    require(ofFamily, "a sample of another family than " + family, line);
    double value = Double.parseDouble(number);
    require(!type.equals("counter") || value >= 0, "a counter below 0", line);
    require(type.equals("counter") == name.endsWith("_total"), "_total is how counters end", line);
    Double before = samples.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(labels, value);
    require(before == null, "a series comes twice", line);
  }

  private static Map<String, String> labels(String line, String text) {
    Map<String, String> labels = new TreeMap<>();
    if (text == null) {
      return labels;
    }
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find() && label.start() == end) {
      String value = label.group(2).replace("\\n", "\n").replace("\\\"", "\"");
      String before = labels.put(label.group(1), value.replace("\\\\", "\\"));
      require(before == null, "a label comes twice", line);
      end = label.end();
    }
    require(end == text.length(), "labels that cannot be read", line);
    return labels;
  }

  private void checkHistograms() {
    types.forEach(
        (name, type) -> {
          if (type.equals("histogram") && samples.containsKey(name + "_count")) {
            series(name + "_count").forEach((labels, count) -> check(name, labels, count));
          }
        });
  }

  private void check(String name, Map<String, String> labels, double count) {
    List<Double> edges = new ArrayList<>();
    double last = 0;
    for (Map.Entry<Map<String, String>, Double> bucket : series(name + "_bucket").entrySet()) {
      Map<String, String> others = new TreeMap<>(bucket.getKey());
      String edge = Objects.requireNonNull(others.remove("le"));
      if (others.equals(labels)) {
        edges.add(edge.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(edge));
        require(bucket.getValue() >= last, "a histogram falls", name + bucket);
        last = bucket.getValue();
      }
    }
    require(edges.equals(edges.stream().sorted().distinct().toList()), "edges", name + edges);
    require(edges.contains(Double.POSITIVE_INFINITY) && last == count, "no +Inf", name + labels);
    require(series(name + "_sum").containsKey(labels), "no sum", name + labels);
  }

  private static void require(boolean holds, String otherwise, String line) {
    if (!holds) {
      throw new AssertionError(otherwise + ": " + line);
    }
  }

  /** The names that queries may ask for: of families, and of the series of histograms. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(types.keySet());
    types.forEach(
        (name, type) -> {
          if (type.equals("histogram")) {
            names.addAll(List.of(name + "_bucket", name + "_sum", name + "_count"));
          }
        });
    return names;
  }

  public Map<Map<String, String>, Double> series(String name) {
    return samples.getOrDefault(name, Map.of());
  }

  /** The sum of the series of a name that have a label's value. */
  public double sum(String name, String label, String value) {
    return series(name).entrySet().stream()
        .filter(series -> value.equals(series.getKey().get(label)))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
