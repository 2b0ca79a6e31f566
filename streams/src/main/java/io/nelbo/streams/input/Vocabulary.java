package io.nelbo.streams.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The codes of a categorical feature's values, found without making an object of a value: those of
 * texts and of bytes by their bytes, those of integers and booleans by themselves. 0 is OTHER.
 * Immutable.
 */
final class Vocabulary {
  private final Map<String, Integer> codes = new HashMap<>();
  private final ByteCodes texts = new ByteCodes();
  private final ByteCodes hexadecimals = new ByteCodes(); // by what the digits stand for
  private final ByteCodes notText = new ByteCodes(); // those of them that bytes have for a category
  private final long[] integers; // sorted
  private final int[] integerCodes;

  Vocabulary(List<String> categories) {
    for (String category : categories) {
      codes.put(category, codes.size() + 1);
    }
    codes.forEach(
        (category, code) -> {
          texts.put(category.getBytes(UTF_8), code);
          if (category.length() % 2 == 0 && category.chars().allMatch(Vocabulary::isDigit)) {
            byte[] bytes = HexFormat.of().parseHex(category);
            hexadecimals.put(bytes, code);
            if (!Category.isText(bytes)) {
              notText.put(bytes, code);
            }
          }
        });
    integers =
        codes.keySet().stream()
            .filter(Vocabulary::isLong)
            .mapToLong(Long::parseLong)
            .sorted()
            .toArray();
    integerCodes = Arrays.stream(integers).mapToInt(n -> code(Long.toString(n))).toArray();
  }

  // As bytes are written in a category: in lower case.
  private static boolean isDigit(int character) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
  }

  private static boolean isLong(String category) {
    try {
      return category.equals(Long.toString(Long.parseLong(category)));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  int code(String category) {
    return codes.getOrDefault(category, 0);
  }

  int code(long value) {
    int index = Arrays.binarySearch(integers, value);
    return index < 0 ? 0 : integerCodes[index];
  }

  int codeOfText(byte[] bytes, int from, int length) {
    return texts.get(bytes, from, length);
  }

  /** See {@link Category}. */
  int codeOfBytes(byte[] bytes, int from, int length) {
    int code = texts.get(bytes, from, length);
    return code != 0 ? code : notText.get(bytes, from, length);
  }

  int codeOfFixed(byte[] bytes, int from, int length) {
    return hexadecimals.get(bytes, from, length);
  }
}
