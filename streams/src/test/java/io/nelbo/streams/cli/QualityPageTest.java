package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityPageTest {
  @TempDir private Path folder;

  @Test
  void sectionIsAddedAtTheEndOrRenewedInItsPlace() throws IOException {
    Path path = folder.resolve("page.md");
    QualityPage page = new QualityPage(path);

    page.write("A", "one\n");
    page.write("A and more", "two\n");
    page.write("A", "three\n\n### Not a section\n");

    assertThat(path)
        .hasContent(
            """
            # Detection quality

            ## A

            three

            ### Not a section

            ## A and more

            two
            """);
  }

  @Test
  void evaluationWritesItsTablesAndHowTheyWereMade() throws IOException {
    Path first = Readings.write(folder.resolve("first.csv"), 400);
    Path second = Readings.write(folder.resolve("second.csv"), 500);
    Path page = folder.resolve("quality.md");

    Run run =
        Run.of(
            "evaluate",
            "--file",
            first,
            second,
            "--label",
            "fault",
            "--detectors",
            "gmm,pca",
            "--alert-rate",
            "0.05,0.01",
            "--report",
            page,
            "--title",
            "Readings");

    assertThat(run.exitCode()).as(run.err()).isZero();
    String text = Files.readString(page);
    assertThat(text)
        .contains("## Readings\n")
        .contains(
            "\n    nelbo evaluate --file "
                + folder
                + "/*.csv --label fault --detectors gmm,pca --alert-rate 0.05,0.01\n")
        .contains("| AUROC, semi | gmm | pca |\n|---|---:|---:|\n| first | **")
        .contains("gmm is first on ")
        .contains("| gmm, semi | 5.0 % |")
        .contains("| pca, semi | 1.0 % |");
  }

  @Test
  void onlyAWholeFolderIsNamedByAPattern() throws IOException {
    for (String name : List.of("a.csv", "b.csv", "c.csv")) {
      Files.createFile(folder.resolve(name));
    }
    String a = folder + "/a.csv";
    String b = folder + "/b.csv";
    String c = folder + "/c.csv";

    assertThat(Provenance.command(List.of("evaluate", "--file", a, b)))
        .isEqualTo("nelbo evaluate --file " + a + " " + b);
    assertThat(Provenance.command(List.of("evaluate", "--file", a, b, c, "--title", "T", "--json")))
        .isEqualTo("nelbo evaluate --file " + folder + "/*.csv --json");
    assertThat(Provenance.command(List.of("--file", b, "--file", a, "--file", c)))
        .isEqualTo("nelbo --file " + b + " --file " + a + " --file " + c);
  }

  @Test
  void patternsHoldOfNamesWithSeveralDots() throws IOException {
    String plain = Files.createFile(folder.resolve("a.csv.gz")).toString();
    String dotted = Files.createFile(folder.resolve("b.1.csv.gz")).toString();

    assertThat(Provenance.command(List.of("--file", dotted, plain)))
        .isEqualTo("nelbo --file " + folder + "/*.csv.gz");
  }
}
