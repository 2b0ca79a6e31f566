package io.nelbo.streams.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The objects of an NDJSON file, line by line; blank lines are skipped. NOT thread safe. */
final class JsonLines implements Closeable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final FileSource source;
  private final BufferedReader lines;
  private long line;

  private JsonLines(FileSource source) {
    this.source = source;
    lines = new BufferedReader(new InputStreamReader(source.stream(), StandardCharsets.UTF_8));
  }

  static JsonLines open(Path path) throws IOException {
    return new JsonLines(FileSource.open(path));
  }

  /** Returns the next object, or null at the end. */
  @Nullable ObjectNode next() throws IOException {
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      line++;
      if (line == 1 && text.startsWith("\ufeff")) {
        text = text.substring(1);
      }
      if (!text.isBlank()) {
        return object(text);
      }
    }
    return null;
  }

  private ObjectNode object(String text) throws FileFormatException {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      FileFormatException bad =
          new FileFormatException(
              source.path(), line, "not one JSON object: " + e.getOriginalMessage());
      bad.initCause(e);
      throw bad;
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new FileFormatException(
        source.path(), line, "not a JSON object but " + node.getNodeType());
  }

  Path path() {
    return source.path();
  }

  /** Returns the line of the last object, from 1. */
  long line() {
    return line;
  }

  double fractionRead() throws IOException {
    return source.fractionRead();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
