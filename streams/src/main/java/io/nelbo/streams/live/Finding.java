package io.nelbo.streams.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.schemas.Alert;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An alert with the key of its record. */
public final class Finding {
  private static final int MOST_KEY_BYTES = 64;

  private final Alert alert;
  private final byte @Nullable [] key;

  Finding(Alert alert, byte @Nullable [] key) {
    this.alert = alert;
    this.key = key;
  }

  public Alert alert() {
    return alert;
  }

  /** The key as text; in hexadecimal if it is none, and empty if there is none or a long one. */
  public String keyText() {
    if (key == null || key.length > MOST_KEY_BYTES) {
      return "";
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Not text.
    }
    return HexFormat.of().formatHex(key);
  }
}
