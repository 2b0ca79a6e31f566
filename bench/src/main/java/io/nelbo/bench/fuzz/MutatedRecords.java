package io.nelbo.bench.fuzz;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Records' values, about a quarter of them good and the others bad in every way known. */
final class MutatedRecords {
  private static final int FINGERPRINT = 2;
  private static final int DEEPEST = 10_000;

  /** With its key and Avro's header still below what a broker takes by default. */
  private static final int LONGEST = 900_000;

  private static final double[] ODD = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    -0.0
  };

  private final Random random;
  private final Gadgets gadgets;
  private final MutatedBytes bytes;

  MutatedRecords(long seed) {
    random = new Random(seed);
    gadgets = new Gadgets(random);
    bytes = new MutatedBytes(random);
  }

  byte @Nullable [] next() {
    return switch (random.nextInt(16)) {
      case 0, 1 -> gadgets.next();
      case 2 -> null;
      case 3 -> random(random.nextInt(300));
      case 4 -> otherSchema();
      case 5 -> confluent();
      case 6 -> gadgets.withLevel(ODD[random.nextInt(ODD.length)]);
      case 7 -> gadgets.nothings(random.nextLong());
      case 8 -> rare();
      default -> bytes.anyOf(gadgets.next());
    };
  }

  /** What takes many bytes itself comes now and then only. */
  private byte[] rare() {
    return switch (random.nextInt(400)) {
      case 0 -> gadgets.named("x".repeat(random.nextInt(LONGEST)));
      case 1, 2, 3 -> gadgets.nested(random.nextInt(DEEPEST));
      default -> gadgets.nested(random.nextInt(30));
    };
  }

  private byte[] random(int length) {
    byte[] value = new byte[length];
    random.nextBytes(value);
    return value;
  }

  private byte[] otherSchema() {
    return bytes.flippedAt(gadgets.next(), FINGERPRINT + random.nextInt(Long.BYTES));
  }

  private byte[] confluent() {
    byte[] value = gadgets.next();
    value[0] = 0;
    return value;
  }
}
