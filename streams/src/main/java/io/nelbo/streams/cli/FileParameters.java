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

  /** Opens files whose records, one file's after the other's, are one stream of one schema. */
  List<RecordFile> openTogether(List<Path> files, String recordName) throws IOException {
    return RecordFile.openTogether(files, options(recordName));
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
