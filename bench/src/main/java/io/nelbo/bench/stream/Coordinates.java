package io.nelbo.bench.stream;

import java.util.Arrays;
import java.util.BitSet;

/** A set of partitions and offsets, and how often one came that was in it. NOT thread safe. */
public final class Coordinates {
  private final BitSet[] offsets;
  private long doubled;

  public Coordinates(int partitions) {
    offsets = new BitSet[partitions];
    Arrays.setAll(offsets, p -> new BitSet());
  }

  public void add(int partition, long offset) {
    if (offsets[partition].get(Math.toIntExact(offset))) {
      doubled++;
    }
    addOnce(partition, offset);
  }

  /** Adds one that may be there already. */
  public void addOnce(int partition, long offset) {
    offsets[partition].set(Math.toIntExact(offset));
  }

  public long count() {
    return Arrays.stream(offsets).mapToLong(BitSet::cardinality).sum();
  }

  public long doubled() {
    return doubled;
  }

  /** How many are here and not there. */
  public long without(Coordinates others) {
    long count = 0;
    for (int p = 0; p < offsets.length; p++) {
      BitSet rest = (BitSet) offsets[p].clone();
      rest.andNot(others.offsets[p]);
      count += rest.cardinality();
    }
    return count;
  }
}
