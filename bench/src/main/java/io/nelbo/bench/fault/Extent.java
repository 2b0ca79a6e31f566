package io.nelbo.bench.fault;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How long and how hard scenarios play.
 *
 * @param isShort for a look of a minute
 * @param random chooses the moments
 */
record Extent(boolean isShort, Random random) {
  int choose(int inShort, int inFull) {
    return isShort ? inShort : inFull;
  }

  /** Waits for a moment that the seed chooses, at most so long. */
  void awaitSomeMoment(int mostMillis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(mostMillis));
  }
}
