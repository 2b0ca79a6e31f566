package io.nelbo.bench.soak;

import io.nelbo.bench.process.Jmx;
import io.nelbo.bench.process.ProcessStatus;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A moment in the life of a process.
 *
 * @param seconds since the load began
 * @param residentMebibytes the memory it holds resident
 * @param heapMebibytes the part of it that is heap
 * @param liveMebibytes what of the heap was in use after the last collections
 * @param threads native ones included
 * @param files open ones, sockets included
 * @param stateMebibytes the disk that its state takes
 * @param cacheMebibytes the disk that the unpacked native engine takes
 */
record Vitals(
    double seconds,
    double residentMebibytes,
    double heapMebibytes,
    double liveMebibytes,
    int threads,
    int files,
    double stateMebibytes,
    double cacheMebibytes) {

  static Vitals take(double seconds, ProcessStatus process, Jmx jvm, Path state, Path engineCache)
      throws IOException {
    return new Vitals(
        seconds,
        process.residentMebibytes(),
        jvm.heapCommittedMebibytes(),
        jvm.heapLiveMebibytes(),
        process.threads(),
        process.openFiles(),
        ProcessStatus.mebibytesOf(state),
        ProcessStatus.mebibytesOf(engineCache));
  }

  /** What is resident and no heap: code, classes, stacks, RocksDB, the native engine. */
  double nativeMebibytes() {
    return residentMebibytes - heapMebibytes;
  }

  @Override
  public String toString() {
    return "%5.0f s: %.0f MiB resident (%.0f outside the heap, %.0f live in it), %d threads, %d files, state %.0f MiB, engine %.0f MiB"
        .formatted(
            seconds,
            residentMebibytes,
            nativeMebibytes(),
            liveMebibytes,
            threads,
            files,
            stateMebibytes,
            cacheMebibytes);
  }
}
