package io.nelbo.streams.file;

import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file.
 *
 * @param recordName the name of an inferred record schema; made a legal Avro name if it is none
 * @param labels columns that are the truth and no feature: marked {@code "nelbo": "label"}
 * @param categorical columns to be read as text and marked {@code "nelbo": "categorical"}
 * @param schema used in place of the file's own or inferred one; null infers
 */
public record FileOptions(
    String recordName, List<String> labels, List<String> categorical, @Nullable Schema schema) {
  public FileOptions {
    labels = List.copyOf(labels);
    categorical = List.copyOf(categorical);
  }

  public static FileOptions named(String recordName) {
    return new FileOptions(recordName, List.of(), List.of(), null);
  }

  public FileOptions withLabels(List<String> newLabels) {
    return new FileOptions(recordName, newLabels, categorical, schema);
  }

  public FileOptions withCategorical(List<String> newCategorical) {
    return new FileOptions(recordName, labels, newCategorical, schema);
  }

  public FileOptions withSchema(@Nullable Schema newSchema) {
    return new FileOptions(recordName, labels, categorical, newSchema);
  }
}
