package io.nelbo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of docs/ that leads by shell commands: what it has one type, and what comes of it. */
public final class ShellPage {
  private static final Pattern BLOCK =
      Pattern.compile("^```(bash|text)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern INLINE = Pattern.compile("`\\./nelbo ([^`]+)`");
  private static final Pattern TOKEN = Pattern.compile("…|\\s+|[-+]?\\d[\\d.,]*(?:[eE]-?\\d+)?");
  private static final String NUMBER = "[-+]?\\d[\\d.,]*(?:[eE]-?\\d+)?";

  private final String text;

  private ShellPage(String text) {
    this.text = text;
  }

  /** Reads a page, with the reader's addresses replaced by those given. */
  public static ShellPage read(String name, Map<String, String> addresses) throws IOException {
    String text = Files.readString(Path.of("..", "docs", name));
    for (Map.Entry<String, String> address : addresses.entrySet()) {
      assertThat(text).contains(address.getKey());
      text = text.replace(address.getKey(), address.getValue());
    }
    return new ShellPage(text);
  }

  public String text() {
    return text;
  }

  /** Returns the blocks of commands in their order. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("bash")) {
        steps.add(new Step(block.group(2), List.of()));
      } else {
        Step last = steps.remove(steps.size() - 1);
        assertThat(last.shown()).as("one output of %s", last.commands()).isEmpty();
        steps.add(new Step(last.commands(), block.group(2).lines().map(String::strip).toList()));
      }
    }
    return steps;
  }

  /** Returns the arguments of the commands of Nelbo that are named within the text. */
  public Stream<String> named() {
    return INLINE.matcher(text).results().map(match -> match.group(1));
  }

  /**
   * A block of commands.
   *
   * @param shown the lines of output that the page shows, stripped; an ellipsis is anything
   */
  public record Step(String commands, List<String> shown) {
    public Step {
      shown = List.copyOf(shown);
    }

    /** Checks that the lines shown came in this order, figures and spaces aside. */
    public void check(String output) {
      List<String> lines = output.lines().map(String::strip).toList();
      int next = 0;
      for (String line : shown) {
        Pattern wanted = pattern(line);
        int at = next;
        while (at < lines.size() && !wanted.matcher(lines.get(at)).matches()) {
          at++;
        }
        assertThat(at)
            .as("%s%nshould show: %s%nbut showed:%n%s", commands, line, output)
            .isLessThan(lines.size());
        next = line.equals("…") ? next : at + 1;
      }
    }

    private static Pattern pattern(String line) {
      StringBuilder regex = new StringBuilder();
      Matcher token = TOKEN.matcher(line);
      int end = 0;
      while (token.find()) {
        regex.append(Pattern.quote(line.substring(end, token.start())));
        end = token.end();
        regex.append(token.group().equals("…") ? ".*" : token.group().isBlank() ? "\\s+" : NUMBER);
      }
      return Pattern.compile(regex.append(Pattern.quote(line.substring(end))).toString());
    }
  }
}
