package io.nelbo.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a benchmark found: lines for people as it goes, and at the end, if asked for, one object.
 */
public final class Report {
  private static final MathContext DIGITS = new MathContext(4);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final PrintWriter out;
  private final boolean json;
  private final Map<String, Object> fields = new LinkedHashMap<>();

  public Report(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
    fields.put("machine", Machine.describe());
    line(Machine.describe());
  }

  /** Prints a line at once. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints an object at once: as JSON, if that is asked for. */
  public void object(Map<String, Object> object) throws JsonProcessingException {
    line(json ? JSON.writeValueAsString(object) : object.toString());
  }

  public void put(String field, Object value) {
    fields.put(field, rounded(value));
  }

  public static Object rounded(Object value) {
    return value instanceof Double number && Double.isFinite(number)
        ? new BigDecimal(number).round(DIGITS)
        : value;
  }

  /** Prints the object, if asked for. */
  public void end() throws JsonProcessingException {
    if (json) {
      line(JSON.writeValueAsString(fields));
    }
  }
}
