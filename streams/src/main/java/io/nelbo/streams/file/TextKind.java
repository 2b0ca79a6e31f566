package io.nelbo.streams.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Set;

/** What a text can be read as, numbers and times as data files write them. */
enum TextKind {
  /** At most 18 digits, with or without a sign. */
  INTEGER,
  /** A number with a point or an exponent, a longer integer, or an infinity. */
  DECIMAL,
  /** {@code true} or {@code false}, in any case. */
  TRUTH,
  /** An ISO 8601 date or date and time; UTC unless it says otherwise. */
  TIME,
  /** How tools write a missing number: {@code NA}, {@code NaN}, {@code null}, {@code ?}. */
  ABSENT,
  OTHER;

  private static final Set<String> ABSENT_WORDS =
      Set.of("NA", "N/A", "NAN", "NULL", "NONE", "?", "-");
  private static final Set<String> INFINITIES =
      Set.of("INF", "+INF", "-INF", "INFINITY", "+INFINITY", "-INFINITY");

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .optionalEnd()
          .optionalEnd()
          .toFormatter();

  static TextKind of(String text) {
    String stripped = text.strip();
    TextKind number = number(stripped);
    if (number != OTHER) {
      return number;
    }
    if (stripped.equalsIgnoreCase("true") || stripped.equalsIgnoreCase("false")) {
      return TRUTH;
    }
    String upper = stripped.length() > "-INFINITY".length() ? "" : upperCase(stripped);
    if (ABSENT_WORDS.contains(upper)) {
      return ABSENT;
    }
    if (INFINITIES.contains(upper)) {
      return DECIMAL;
    }
    return isTime(stripped) ? TIME : OTHER;
  }

  private static TextKind number(String text) {
    int digits = 0;
    int exponentDigits = 0;
    boolean point = false;
    boolean exponent = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (exponent) {
          exponentDigits++;
        } else {
          digits++;
        }
      } else if (c == '.' && !point && !exponent) {
        point = true;
      } else if ((c == 'e' || c == 'E') && !exponent && digits > 0) {
        exponent = true;
      } else if (!isSign(text, i)) {
        return OTHER;
      }
    }
    if (digits == 0 || (exponent && exponentDigits == 0)) {
      return OTHER;
    }
    return point || exponent || digits > 18 ? DECIMAL : INTEGER;
  }

  private static boolean isSign(String text, int i) {
    char c = text.charAt(i);
    return (c == '+' || c == '-')
        && (i == 0 || text.charAt(i - 1) == 'e' || text.charAt(i - 1) == 'E');
  }

  private static boolean isTime(String text) {
    if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return false;
    }
    try {
      millis(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Returns the number in a text of kind INTEGER or DECIMAL. */
  static double number(CharSequence text) {
    String stripped = text.toString().strip();
    String upper = upperCase(stripped);
    if (INFINITIES.contains(upper)) {
      return upper.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(stripped);
  }

  /**
   * Returns the milliseconds since 1970 of a text of kind TIME.
   *
   * @throws DateTimeException if it is none
   */
  static long millis(String text) {
    TemporalAccessor time =
        ISO.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (time instanceof OffsetDateTime instant) {
      return instant.toInstant().toEpochMilli();
    }
    if (time instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    return LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static String upperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
