package io.nelbo.streams.input;

import io.nelbo.model.feature.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One name for a field that was renamed between the schemas of a window: the former one, by which
 * the records of both schemas have it, since only the newer schema tells (by an alias) that the two
 * are one. Once no record of the older schema is in the window, the field goes by its new name.
 */
final class FormerNames {
  private FormerNames() {}

  /** Returns the columns of each schema, with the former names where there are such. */
  static List<List<Column>> restore(List<SchemaColumns> schemas) {
    Map<String, String> former = former(schemas);
    return schemas.stream()
        .map(schema -> schema.columns().stream().map(column -> rename(column, former)).toList())
        .toList();
  }

  private static Column rename(Column column, Map<String, String> former) {
    String name = former.getOrDefault(column.name(), column.name());
    return new Column(name, column.kind(), column.mayBeMissing());
  }

  /**
   * Returns what goes by another name. That is an alias wherever the field is, and is not given up
   * for a still older one: a chain of names is read by its links, not from end to end.
   */
  private static Map<String, String> former(List<SchemaColumns> schemas) {
    Map<String, String> former = new LinkedHashMap<>();
    aliases(schemas)
        .forEach(
            (name, older) ->
                older.stream()
                    .filter(o -> !former.containsKey(o) && !former.containsValue(name))
                    .findFirst()
                    .ifPresent(o -> former.put(name, o)));
    return former;
  }

  /** The aliases that a column has in every schema that has it and that are columns themselves. */
  private static Map<String, Set<String>> aliases(List<SchemaColumns> schemas) {
    Set<String> names =
        schemas.stream()
            .flatMap(schema -> schema.columns().stream())
            .map(Column::name)
            .collect(Collectors.toSet());
    Map<String, Set<String>> common = new LinkedHashMap<>();
    for (SchemaColumns schema : schemas) {
      for (Column column : schema.columns()) {
        List<String> aliases = schema.aliases().getOrDefault(column.name(), List.of());
        Set<String> known = new LinkedHashSet<>(aliases);
        known.retainAll(names);
        common.merge(column.name(), known, FormerNames::inBoth);
      }
    }
    return common;
  }

  private static Set<String> inBoth(Set<String> some, Set<String> others) {
    some.retainAll(new ArrayList<>(others));
    return some;
  }
}
