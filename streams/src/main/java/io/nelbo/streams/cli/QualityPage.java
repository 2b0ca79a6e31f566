package io.nelbo.streams.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of Markdown with a section for each evaluation, which a later one of its title renews. */
final class QualityPage {
  private static final String HEADING = "## ";

  private final Path path;

  QualityPage(Path path) {
    this.path = path;
  }

  /** Puts a section in the place of the one with its title, or at the end. */
  void write(String title, String body) throws IOException {
    String page = Files.exists(path) ? Files.readString(path) : "# Detection quality\n";
    String section = HEADING + title + "\n\n" + body.strip() + "\n";
    int from = ("\n" + page).indexOf("\n" + HEADING + title + "\n");
    if (from < 0) {
      Files.writeString(path, page.stripTrailing() + "\n\n" + section);
    } else {
      int next = page.indexOf("\n" + HEADING, from + HEADING.length());
      String rest = next < 0 ? "" : page.substring(next);
      Files.writeString(path, page.substring(0, from) + section + rest);
    }
  }
}
