package io.nelbo.streams.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/** Schemas known from the start; the first is that of bare Avro binary. */
public final class FixedSchemas implements SchemaSource {
  private final Map<Long, Schema> byFingerprint = new HashMap<>();
  private final @Nullable Schema bare;

  private FixedSchemas(List<Schema> schemas) {
    for (Schema schema : schemas) {
      byFingerprint.putIfAbsent(SchemaNormalization.parsingFingerprint64(schema), schema);
    }
    bare = schemas.isEmpty() ? null : schemas.get(0);
  }

  public static FixedSchemas of(List<Schema> schemas) {
    return new FixedSchemas(schemas);
  }

  /**
   * Reads schema files in JSON (.avsc). A file may use the types of the files before it.
   *
   * @throws IllegalArgumentException naming every file that cannot be read and why
   */
  public static FixedSchemas read(List<Path> files) {
    List<Schema> schemas = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        schemas.add(parse(Files.readString(file), schemas));
      } catch (IOException e) {
        problems.add("schema file " + file + " cannot be read: " + e);
      } catch (AvroRuntimeException e) {
        problems.add("schema file " + file + " is not an Avro schema: " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return of(schemas);
  }

  // Alone first: two versions of one record may not define the same name in one parser.
  private static Schema parse(String json, List<Schema> before) {
    try {
      return parser().parse(json);
    } catch (AvroRuntimeException alone) {
      try {
        Schema.Parser parser = parser();
        parser.addTypes(before);
        return parser.parse(json);
      } catch (AvroRuntimeException e) {
        throw alone;
      }
    }
  }

  /** A parser that takes any names: the schema is someone else's, and only read. */
  static Schema.Parser parser() {
    return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
  }

  @Override
  public @Nullable Schema find(long fingerprint) {
    return byFingerprint.get(fingerprint);
  }

  @Override
  public @Nullable Schema bare() {
    return bare;
  }
}
