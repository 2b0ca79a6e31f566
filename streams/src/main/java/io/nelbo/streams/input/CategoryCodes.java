package io.nelbo.streams.input;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;

/**
 * The codes of a vocabulary, found by values as Avro holds them (strings, bytes, integers,
 * booleans), so that a look-up makes no text of most of them.
 */
final class CategoryCodes {
  private final Map<Object, Integer> codes = new HashMap<>();

  CategoryCodes(List<String> vocabulary) {
    for (int i = 0; i < vocabulary.size(); i++) {
      put(vocabulary.get(i), i + 1);
    }
  }

  private void put(String category, int code) {
    codes.put(category, code);
    codes.put(new Utf8(category), code);
    if (category.equals("true") || category.equals("false")) {
      codes.put(Boolean.valueOf(category), code);
    }
    try {
      long number = Long.parseLong(category);
      if (category.equals(Long.toString(number))) {
        codes.put(number, code);
        if (number == (int) number) {
          codes.put((int) number, code);
        }
      }
    } catch (NumberFormatException e) {
      return; // not an integer's text, so no integer has this code
    }
  }

  /** Returns the code of a value, 0 (OTHER) if the vocabulary lacks it. */
  int code(Object value) {
    boolean asItIs =
        value instanceof Utf8
            || value instanceof Integer
            || value instanceof Long
            || value instanceof Boolean;
    Integer code = codes.get(asItIs ? value : asText(value));
    return code == null ? 0 : code;
  }

  /** Bytes that are a category's text stand for it, be it one that cannot be shown. */
  private Object asText(Object value) {
    if (value instanceof ByteBuffer) {
      Utf8 text = new Utf8(Category.bytes(value));
      return codes.containsKey(text) ? text : Category.of(value);
    }
    return Category.of(value);
  }
}
