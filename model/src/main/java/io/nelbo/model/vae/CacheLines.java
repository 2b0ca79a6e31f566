package io.nelbo.model.vae;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * One array for all weights that are read in vectors. A vector as long as a cache line that begins
 * within one takes two lines, which makes weights that come from the second-level cache cost up to
 * twice as much; and Java says nothing of where an array begins. But an array that fills half a
 * region of the G1 collector gets regions of its own, is at their start, and is not moved. So this
 * one is made as long as that, and what is reserved begins with a cache line. Under other
 * collectors it is as long as it needs to be and begins where it may, which is right, and slower.
 */
final class CacheLines {
  private static final int LINE = 16; // floats

  /** The header of an array takes 16 bytes. */
  private static final int FIRST = LINE - 16 / Float.BYTES;

  final float[] floats;
  private int used = FIRST;

  CacheLines(int capacity) {
    floats = new float[Math.max(FIRST + capacity, halfRegion())];
  }

  /** Returns where so many floats, whole lines, are free. */
  int reserve(int count) {
    int from = used;
    used += count;
    return from;
  }

  private static int halfRegion() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (machine == null || !machine.getVMOption("UseG1GC").getValue().equals("true")) {
      return 0;
    }
    return Integer.parseInt(machine.getVMOption("G1HeapRegionSize").getValue()) / 2 / Float.BYTES;
  }
}
