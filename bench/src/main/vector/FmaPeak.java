import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Prints the most fused multiply-adds of floats that one core does, in GFLOP/s (two operations
 * each): sixteen independent chains in registers, the best of many blocks, by CPU time.
 *
 * <p>Run by {@code java --add-modules jdk.incubator.vector FmaPeak.java}: a file of its own, since
 * the module is not in every JDK and the rest must compile without.
 */
final class FmaPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int CHAINS = 16;
  private static final int ROUNDS = 500_000;
  private static final int BLOCKS = 200;

  public static void main(String[] args) {
    double best = 0;
    float sink = 0;
    for (int block = 0; block < BLOCKS; block++) {
      long begun = THREADS.getCurrentThreadCpuTime();
      sink += chains(ROUNDS);
      double seconds = (THREADS.getCurrentThreadCpuTime() - begun) / 1e9;
      best = Math.max(best, 2.0 * ROUNDS * CHAINS * SPECIES.length() / seconds / 1e9);
    }
    System.out.println(best + " " + SPECIES.length() + (Float.isNaN(sink) ? " " : ""));
  }

  private static float chains(int rounds) {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector y = FloatVector.broadcast(SPECIES, 1e-3f);
    FloatVector a0 = y, a1 = y, a2 = y, a3 = y, a4 = y, a5 = y, a6 = y, a7 = y;
    FloatVector b0 = x, b1 = x, b2 = x, b3 = x, b4 = x, b5 = x, b6 = x, b7 = x;
    for (int i = 0; i < rounds; i++) {
      a0 = a0.fma(x, y);
      a1 = a1.fma(x, y);
      a2 = a2.fma(x, y);
      a3 = a3.fma(x, y);
      a4 = a4.fma(x, y);
      a5 = a5.fma(x, y);
      a6 = a6.fma(x, y);
      a7 = a7.fma(x, y);
      b0 = b0.fma(x, y);
      b1 = b1.fma(x, y);
      b2 = b2.fma(x, y);
      b3 = b3.fma(x, y);
      b4 = b4.fma(x, y);
      b5 = b5.fma(x, y);
      b6 = b6.fma(x, y);
      b7 = b7.fma(x, y);
    }
    FloatVector a = a0.add(a1).add(a2.add(a3)).add(a4.add(a5).add(a6.add(a7)));
    FloatVector b = b0.add(b1).add(b2.add(b3)).add(b4.add(b5).add(b6.add(b7)));
    return a.add(b).reduceLanes(VectorOperators.ADD);
  }
}
