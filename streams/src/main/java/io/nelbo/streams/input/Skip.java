package io.nelbo.streams.input;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The steps over what is no feature. A step is made once for each record type: it may hold itself.
 */
final class Skip {
  private final Map<String, Step> records = new HashMap<>();

  Step over(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> (in, row) -> {};
      case BOOLEAN -> (in, row) -> in.skip(1);
      case INT -> (in, row) -> in.readInt();
      case LONG -> (in, row) -> in.readLong();
      case FLOAT -> (in, row) -> in.skip(Float.BYTES);
      case DOUBLE -> (in, row) -> in.skip(Double.BYTES);
      case STRING, BYTES -> (in, row) -> in.skip(in.readLong());
      case FIXED -> {
        int size = schema.getFixedSize();
        yield (in, row) -> in.skip(size);
      }
      case ENUM -> {
        int symbols = schema.getEnumSymbols().size();
        yield (in, row) -> in.readIndex(symbols, "symbol");
      }
      case UNION -> union(schema.getTypes().stream().map(this::over).toList());
      case ARRAY -> items(over(schema.getElementType()));
      case MAP -> {
        Step value = over(schema.getValueType());
        yield items(
            (in, row) -> {
              in.skip(in.readLong());
              value.run(in, row);
            });
      }
      case RECORD -> record(schema);
    };
  }

  private Step record(Schema schema) {
    Step known = records.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    Step[] fields = new Step[schema.getFields().size()];
    Step all = (in, row) -> runAll(fields, in, row);
    records.put(schema.getFullName(), all);
    for (Schema.Field field : schema.getFields()) {
      fields[field.pos()] = over(field.schema());
    }
    return all;
  }

  static void runAll(Step[] steps, AvroBytes in, Row row) throws BadRecordException {
    in.enter();
    for (Step step : steps) {
      step.run(in, row);
    }
    in.leave();
  }

  static Step union(List<Step> branches) {
    Step[] steps = branches.toArray(Step[]::new);
    return (in, row) -> steps[in.readIndex(steps.length, "branch")].run(in, row);
  }

  static Step items(Step item) {
    return (in, row) -> {
      for (long block = in.readBlock(); block > 0; block = in.readBlock()) {
        for (long i = 0; i < block; i++) {
          item.run(in, row);
        }
      }
    };
  }
}
