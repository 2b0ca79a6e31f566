package io.nelbo.streams.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads CSV as records of a schema. Columns are found by name; those without a field are left. */
final class CsvReader implements RecordReader {
  private static final int NO_COLUMN = -1;

  private final CsvRows rows;
  private final Schema schema;
  private final int[] columns;

  private CsvReader(CsvRows rows, Schema schema) throws IOException {
    this.rows = rows;
    this.schema = schema;
    columns = columns(rows, schema);
  }

  static CsvReader open(Path path, Schema schema) throws IOException {
    CsvRows rows = CsvRows.open(path);
    try {
      return new CsvReader(rows, schema);
    } catch (IOException e) {
      rows.close();
      throw e;
    }
  }

  /** Infers the schema of all rows. */
  static Schema infer(Path path, FileOptions options) throws IOException {
    try (CsvRows rows = CsvRows.open(path)) {
      List<ColumnProfile> profiles = new ArrayList<>();
      rows.header().forEach(column -> profiles.add(new ColumnProfile()));
      for (List<@Nullable String> row = rows.next(); row != null; row = rows.next()) {
        for (int i = 0; i < profiles.size(); i++) {
          String text = row.get(i);
          if (text == null) {
            profiles.get(i).seeMissing();
          } else {
            profiles.get(i).seeText(text);
          }
        }
      }
      InferredRecord record = new InferredRecord(options.recordName());
      List<String> legal = AvroNames.unique(rows.header());
      for (int i = 0; i < profiles.size(); i++) {
        String column = rows.header().get(i);
        boolean asText =
            options.categorical().contains(column) || options.categorical().contains(legal.get(i));
        ColumnProfile profile = profiles.get(i);
        record.add(
            column,
            asText ? Schema.create(Schema.Type.STRING) : profile.type(),
            profile.mayBeMissing(),
            asText || profile.isCategorical());
      }
      return record.schema();
    }
  }

  private static int[] columns(CsvRows rows, Schema schema) throws FileFormatException {
    List<String> legal = AvroNames.unique(rows.header());
    int[] columns = new int[schema.getFields().size()];
    List<String> absent = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      int column = rows.header().indexOf(field.name());
      if (column == NO_COLUMN) {
        column = legal.indexOf(field.name());
      }
      if (column == NO_COLUMN && !field.hasDefaultValue()) {
        absent.add(field.name());
      }
      columns[field.pos()] = column;
    }
    if (!absent.isEmpty()) {
      throw new FileFormatException(
          rows.path(),
          "no column for "
              + String.join(", ", absent)
              + "; its columns are "
              + String.join(", ", rows.header()));
    }
    return columns;
  }

  @Override
  public @Nullable GenericRecord next() throws IOException {
    List<@Nullable String> row = rows.next();
    if (row == null) {
      return null;
    }
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      int column = columns[field.pos()];
      record.put(
          field.pos(),
          column == NO_COLUMN
              ? GenericData.get().getDefaultValue(field)
              : value(field, row.get(column), rows.header().get(column)));
    }
    return record;
  }

  private @Nullable Object value(Schema.Field field, @Nullable String text, String column)
      throws FileFormatException {
    try {
      return TextValue.of(field.schema(), text);
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(
          rows.path(),
          rows.line(),
          "column "
              + column
              + ": "
              + Objects.requireNonNullElse(text, "the value")
              + " "
              + e.getMessage());
    }
  }

  @Override
  public double fractionRead() throws IOException {
    return rows.fractionRead();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
