package io.nelbo.streams.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetsTest {
  private static final List<String> SCRIPTS =
      List.of("page.js", "plot.js", "alerts.js", "format.js");

  @Test
  void whatARecordHoldsNeverBecomesMarkupOrCode() throws IOException {
    for (String script : SCRIPTS) {
      assertThat(read(script))
          .as(script)
          .doesNotContainPattern(
              "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|srcdoc|\\beval\\b|Function\\(");
    }
    assertThat(read("index.html"))
        .doesNotContainPattern("<script>|<style|\\son\\w+=|\\sstyle=|javascript:");
  }

  @Test
  void nothingIsFetchedFromElsewhere() throws IOException {
    for (String file : List.of("index.html", "page.css", "icon.svg")) {
      assertThat(read(file).replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
          .as(file)
          .doesNotContain("http:", "https:", "@import", "url(");
    }
    for (String script : SCRIPTS) {
      assertThat(read(script).replace("\"http://www.w3.org/2000/svg\"", ""))
          .as(script)
          .doesNotContain("http:", "https:", "import(", "fetch(", "XMLHttpRequest");
    }
  }

  @Test
  void everyFileThatThePageNamesIsServed() throws IOException {
    for (String file : List.of("index.html", "page.js", "plot.js", "alerts.js")) {
      Pattern.compile("(?:href|src)=\"(/[\\w.]+)\"|from \"\\.(/[\\w.]+)\"")
          .matcher(read(file))
          .results()
          .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
          .filter(path -> !path.equals("/metrics"))
          .forEach(path -> assertThat(Assets.routes()).as(file).containsKey(path));
    }
  }

  /** WCAG 2: text of 4.5 to 1 at least, on the page and on the sheets of the plot. */
  @ParameterizedTest
  @CsvSource({
    "ink",
    "quiet",
    "accent",
    "threshold",
    "low",
    "medium",
    "high",
    "critical",
    "good",
    "waiting"
  })
  void textIsReadableInBothThemes(String colour) throws IOException {
    List<String> themes =
        List.of(read("page.css").split("@media \\(prefers-color-scheme: dark\\)"));

    assertThat(themes).hasSize(2);
    for (String theme : themes) {
      Map<String, String> colours = colours(theme);
      for (String ground : List.of("paper", "sheet")) {
        assertThat(contrast(colours.get(colour), colours.get(ground)))
            .as("%s %s on %s %s", colour, colours.get(colour), ground, colours.get(ground))
            .isGreaterThanOrEqualTo(4.5);
      }
    }
  }

  private static Map<String, String> colours(String css) {
    Map<String, String> colours = new HashMap<>();
    Pattern.compile("--([a-z]+): #([0-9a-fA-F]{6});")
        .matcher(css)
        .results()
        .forEach((MatchResult m) -> colours.putIfAbsent(m.group(1), m.group(2)));
    return colours;
  }

  private static double contrast(@Nullable String a, @Nullable String b) {
    double first = luminance(Objects.requireNonNull(a));
    double second = luminance(Objects.requireNonNull(b));
    double lighter = Math.max(first, second);
    double darker = Math.min(first, second);
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(String hex) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static String read(String name) throws IOException {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
