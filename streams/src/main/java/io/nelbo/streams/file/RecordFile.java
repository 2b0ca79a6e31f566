package io.nelbo.streams.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * A file of records and the Avro schema that fits every one of them: CSV with a header, NDJSON, or
 * an Avro container; gzip'ed or not; told apart by content.
 *
 * <p>The schema of CSV and NDJSON is inferred from the whole file in a first pass, so that no later
 * row can disagree with it. Immutable; each {@link #read} starts anew.
 */
public final class RecordFile {
  private final Path path;
  private final FileFormat format;
  private final Schema schema;

  private RecordFile(Path path, FileFormat format, Schema schema) {
    this.path = path;
    this.format = format;
    this.schema = schema;
  }

  /**
   * Opens a file and settles its schema.
   *
   * @throws FileFormatException if the file is of no known format or is damaged
   * @throws IllegalArgumentException if a column named in the options is not there
   */
  public static RecordFile open(Path path, FileOptions options) throws IOException {
    FileFormat format = FileFormat.of(path);
    Schema given = options.schema();
    Schema schema;
    if (given != null) {
      schema = given;
    } else {
      schema =
          switch (format) {
            case CSV -> CsvReader.infer(path, options);
            case NDJSON -> NdjsonReader.infer(path, options);
            case AVRO -> AvroReader.schema(path);
          };
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new FileFormatException(
          path, "the schema must be of a record, was of type " + schema.getType().getName());
    }
    requireColumns(path, schema, Stream.of(options.labels(), options.categorical()));
    return new RecordFile(path, format, FieldMarks.mark(schema, options));
  }

  /**
   * Returns the same files under one schema that fits the records of all.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static List<RecordFile> together(List<RecordFile> files) {
    if (files.size() == 1) {
      return files;
    }
    Schema joint = JointSchema.of(files.stream().map(RecordFile::schema).toList());
    return files.stream().map(file -> new RecordFile(file.path, file.format, joint)).toList();
  }

  private static void requireColumns(Path path, Schema schema, Stream<List<String>> columns) {
    Set<String> unknown =
        columns
            .flatMap(List::stream)
            .filter(column -> FieldMarks.find(schema, column) == null)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          path
              + ": no column "
              + String.join(", ", unknown)
              + "; its columns are "
              + schema.getFields().stream()
                  .map(Schema.Field::name)
                  .collect(Collectors.joining(", ")));
    }
  }

  public Path path() {
    return path;
  }

  public FileFormat format() {
    return format;
  }

  public Schema schema() {
    return schema;
  }

  /** The names of the fields. */
  public Set<String> columns() {
    return schema.getFields().stream().map(Schema.Field::name).collect(Collectors.toSet());
  }

  /**
   * Returns the field that holds a column, by the field's name or the column's name in the file.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Schema.Field field(String column) {
    requireColumns(path, schema, Stream.of(List.of(column)));
    return Objects.requireNonNull(FieldMarks.find(schema, column));
  }

  public RecordReader read() throws IOException {
    return switch (format) {
      case CSV -> CsvReader.open(path, schema);
      case NDJSON -> NdjsonReader.open(path, schema);
      case AVRO -> AvroReader.open(path, schema);
    };
  }
}
