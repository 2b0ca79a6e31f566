package io.nelbo.streams.cli;

import io.nelbo.streams.file.FileOptions;
import io.nelbo.streams.file.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reads its file. */
final class FileParameters {
  private static final Pattern ENDINGS =
      Pattern.compile("(.+?)(\\.(csv|tsv|txt|ndjson|jsonl|json|avro))?(\\.gz)?$");

  @Option(
      names = "--label",
      split = ",",
      paramLabel = "COL",
      description = "Columns that say what is an anomaly. They are the truth and never a feature.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--categorical",
      split = ",",
      paramLabel = "COL",
      description = "Columns to take as categories, such as number codes and rare texts.")
  private List<String> categorical = new ArrayList<>();

  @Option(
      names = "--schema",
      paramLabel = "S.avsc",
      description = "The Avro schema of the records, instead of the inferred one.")
  private @Nullable Path schema;

  List<String> labels() {
    return labels;
  }

  /**
   * Opens a file.
   *
   * @param recordName the name of an inferred schema
   */
  RecordFile open(Path file, String recordName) throws IOException {
    return RecordFile.open(file, options(recordName));
  }

  /**
   * Opens files as streams: those of the same columns that follow one another are one, under a
   * schema that fits the records of all.
   */
  List<List<RecordFile>> openStreams(List<Path> files) throws IOException {
    List<List<RecordFile>> streams = new ArrayList<>();
    for (Path path : files) {
      RecordFile file = open(path, stem(path));
      List<RecordFile> last = streams.isEmpty() ? List.of() : streams.get(streams.size() - 1);
      if (last.isEmpty() || !last.get(0).columns().equals(file.columns())) {
        last = new ArrayList<>();
        streams.add(last);
      }
      last.add(file);
    }
    return streams.stream().map(RecordFile::together).toList();
  }

  private FileOptions options(String recordName) throws IOException {
    return FileOptions.named(recordName)
        .withLabels(labels)
        .withCategorical(categorical)
        .withSchema(schema());
  }

  private @Nullable Schema schema() throws IOException {
    if (schema == null) {
      return null;
    }
    try {
      return new Schema.Parser().parse(Files.readString(schema));
    } catch (SchemaParseException e) {
      throw new CommandFailure(schema + " is no Avro schema: " + e.getMessage(), e);
    }
  }

  /** Returns the file's name without folder and endings: {@code a.b} of {@code x/a.b.csv.gz}. */
  static String stem(Path file) {
    return ENDINGS.matcher(String.valueOf(file.getFileName())).replaceFirst("$1");
  }
}
