package io.nelbo.streams.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file after its header, cell by cell: RFC 4180 with quotes and embedded line
 * breaks, UTF-8. The separator is the one of comma, semicolon and tab that the header holds most
 * of. NOT thread safe.
 */
final class CsvRows implements Closeable {
  private static final CsvFactory FACTORY =
      CsvFactory.builder()
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
          .build();

  private static final int MAX_HEADER = 1 << 20;

  private final FileSource source;
  private final CsvParser parser;
  private final List<String> header;
  private long line;

  private CsvRows(FileSource source) throws IOException {
    this.source = source;
    byte[] first = firstLine(source.stream());
    parser =
        FACTORY.createParser(
            new SequenceInputStream(new ByteArrayInputStream(first), source.stream()));
    parser.setSchema(
        CsvSchema.emptySchema()
            .withColumnSeparator(separator(new String(first, StandardCharsets.UTF_8))));
    List<@Nullable String> names = row();
    if (names == null) {
      throw new FileFormatException(source.path(), "has no header line");
    }
    header = names.stream().map(name -> name == null ? "" : name.strip()).toList();
  }

  static CsvRows open(Path path) throws IOException {
    FileSource source = FileSource.open(path);
    try {
      return new CsvRows(source);
    } catch (IOException e) {
      source.close();
      throw e;
    }
  }

  private static byte[] firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n' || line.size() == MAX_HEADER) {
        break;
      }
    }
    return line.toByteArray();
  }

  private static char separator(String header) {
    char best = ',';
    long most = -1;
    for (char candidate : new char[] {',', ';', '\t'}) {
      boolean quoted = false;
      long count = 0;
      for (int i = 0; i < header.length(); i++) {
        quoted ^= header.charAt(i) == '"';
        count += !quoted && header.charAt(i) == candidate ? 1 : 0;
      }
      if (count > most) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  List<String> header() {
    return header;
  }

  /**
   * Returns the next row, one cell a column of the header, null where nothing stands between two
   * separators; null at the end.
   */
  @Nullable List<@Nullable String> next() throws IOException {
    List<@Nullable String> row = row();
    if (row != null && row.size() != header.size()) {
      throw new FileFormatException(
          source.path(),
          line,
          row.size() + " values where the header names " + header.size() + " columns");
    }
    return row;
  }

  private @Nullable List<@Nullable String> row() throws IOException {
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      List<@Nullable String> cells = new ArrayList<>();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY && token != null;
          token = parser.nextToken()) {
        if (cells.isEmpty()) {
          line = parser.currentTokenLocation().getLineNr();
        }
        cells.add(token == JsonToken.VALUE_NULL ? null : parser.getText());
      }
      return cells;
    } catch (JacksonException e) {
      long where = e.getLocation() == null ? line : e.getLocation().getLineNr();
      FileFormatException bad =
          new FileFormatException(source.path(), where, "not CSV: " + e.getOriginalMessage());
      bad.initCause(e);
      throw bad;
    }
  }

  Path path() {
    return source.path();
  }

  /** Returns the line at which the last row begins, from 1. */
  long line() {
    return line;
  }

  double fractionRead() throws IOException {
    return source.fractionRead();
  }

  @Override
  public void close() throws IOException {
    parser.close();
    source.close();
  }
}
