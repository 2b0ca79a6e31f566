package io.nelbo.streams.input;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    throw new UnsupportedOperationException();
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
