package io.nelbo.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;

/**
 * The schemas that a record of Nelbo has ever been written with: {@code frozen/Alert-1.avsc} and so
 * on, the oldest first. What was written with one of them is read for ever, so none of them is ever
 * edited.
 */
@NullMarked
final class FrozenSchemas {
  private FrozenSchemas() {}

  static List<Schema> of(Schema current) {
    List<Schema> frozen = new ArrayList<>();
    for (int version = 1; ; version++) {
      String resource = "frozen/%s-%d.avsc".formatted(current.getName(), version);
      try (InputStream json = FrozenSchemas.class.getResourceAsStream(resource)) {
        if (json == null) {
          return frozen;
        }
        frozen.add(new Schema.Parser().parse(json));
      } catch (IOException e) {
        throw new UncheckedIOException(resource + " cannot be read", e);
      }
    }
  }
}
