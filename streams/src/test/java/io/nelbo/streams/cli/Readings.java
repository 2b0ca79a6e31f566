package io.nelbo.streams.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** Readings of a pump as CSV: every so many of them break the law of pressure and flow. */
final class Readings {
  private static final int FAULT_EVERY = 20;

  private Readings() {}

  static Path write(Path file, int records) throws IOException {
    return write(file, records, 0);
  }

  /** Writes readings of which the first {@code sound} keep the law. */
  static Path write(Path file, int records, int sound) throws IOException {
    SplittableRandom random = new SplittableRandom(17);
    StringBuilder csv = new StringBuilder("flow,pressure,mode,running,fault\n");
    for (int i = 0; i < records; i++) {
      boolean fault = i >= sound && i % FAULT_EVERY == 0;
      double side = random.nextBoolean() ? 1 : -1;
      double flow = 10 + 4 * side + random.nextDouble();
      double pressure = 3 + (fault ? -side : side) + 0.1 * random.nextDouble();
      csv.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%s,%d,%d%n",
              flow,
              pressure,
              side > 0 ? "BOOST" : "ECO",
              random.nextInt(2),
              fault ? 1 : 0));
    }
    return Files.writeString(file, csv);
  }
}
