package io.nelbo.streams.demo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** What arrives on every topic one day, and must not stop the stream. */
enum Malformed {
  TEXT {
    @Override
    byte @Nullable [] spoil(SpecificRecordBase record, Encoding encoding) {
      return "{\"speed\": \"fast\"}".getBytes(StandardCharsets.UTF_8);
    }
  },
  NULL {
    @Override
    byte @Nullable [] spoil(SpecificRecordBase record, Encoding encoding) {
      return null;
    }
  },
  UNKNOWN_SCHEMA {
    @Override
    byte @Nullable [] spoil(SpecificRecordBase record, Encoding encoding) {
      byte[] value = encoding.encode(record);
      Arrays.fill(value, 2, 10, (byte) 0x42);
      return value;
    }
  },
  NOT_A_NUMBER {
    @Override
    byte @Nullable [] spoil(SpecificRecordBase record, Encoding encoding) {
      record.put(firstNumber(record.getSchema()), Double.NaN);
      return encoding.encode(record);
    }
  },
  TRUNCATED {
    @Override
    byte @Nullable [] spoil(SpecificRecordBase record, Encoding encoding) {
      byte[] value = encoding.encode(record);
      return Arrays.copyOf(value, value.length / 2);
    }
  };

  /** How records become bytes. */
  interface Encoding {
    byte[] encode(SpecificRecordBase record);
  }

  /** Returns a value that cannot be scored. */
  abstract byte @Nullable [] spoil(SpecificRecordBase record, Encoding encoding);

  private static int firstNumber(Schema schema) {
    return schema.getFields().stream()
        .filter(field -> field.schema().getType() == Schema.Type.DOUBLE)
        .filter(field -> field.getProp("nelbo") == null)
        .findFirst()
        .orElseThrow()
        .pos();
  }
}
