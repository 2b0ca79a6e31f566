package io.nelbo.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SteadinessTest {
  private static final double HOUR = 3600;
  private static final List<Double> CALM = List.of(90.0, 50.0, 40.0, 60.0, 50.0, 59.0);

  @Test
  void runThatStaysWhatItIsHasNoFaults() {
    Steadiness steadiness = Steadiness.of(run(s -> s < 600 ? 700 : 1000, s -> 40), HOUR, CALM);

    assertThat(steadiness.faults()).isEmpty();
    assertThat(steadiness.residentDeviation()).isZero();
    assertThat(steadiness.p99Ratio()).isEqualTo(1.18);
  }

  @Test
  void leakOfMemoryIsAFault() {
    Steadiness steadiness = Steadiness.of(run(s -> 1000 + s / 20, s -> 40), HOUR, CALM);

    assertThat(steadiness.faults()).singleElement().asString().contains("resident memory moved");
  }

  @Test
  void leaksOfThreadsAndFilesAreFaults() {
    Steadiness steadiness = Steadiness.of(run(s -> 1000, s -> 40 + s / 600), HOUR, CALM);

    assertThat(steadiness.faults()).hasSize(2);
    assertThat(steadiness.threadGrowth()).isEqualTo(4);
    assertThat(steadiness.fileGrowth()).isEqualTo(4);
  }

  @Test
  void filesThatComeAndGoAreNone() {
    Steadiness steadiness =
        Steadiness.of(run(s -> 1000, s -> s / 700 % 2 < 1 ? 40 : 44), HOUR, CALM);

    assertThat(steadiness.faults()).isEmpty();
  }

  @Test
  void slowerEndIsAFault() {
    List<Double> p99 = new ArrayList<>(Collections.nCopies(5, 50.0));
    p99.add(61.0);

    assertThat(Steadiness.of(run(s -> 1000, s -> 40), HOUR, p99).faults())
        .singleElement()
        .asString()
        .contains("1.22 times");
  }

  @Test
  void windowWithoutLatenciesIsAFault() {
    List<Double> p99 = new ArrayList<>(Collections.nCopies(5, 50.0));
    p99.add(Double.NaN);

    assertThat(Steadiness.of(run(s -> 1000, s -> 40), HOUR, p99).faults()).hasSize(1);
  }

  private static List<Vitals> run(DoubleUnaryOperator resident, DoubleUnaryOperator count) {
    List<Vitals> vitals = new ArrayList<>();
    for (double s = 0; s < HOUR; s += 10) {
      int counted = (int) count.applyAsDouble(s);
      vitals.add(new Vitals(s, resident.applyAsDouble(s), 512, 30, counted, counted, 20, 800));
    }
    return vitals;
  }
}
