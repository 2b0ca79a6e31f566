package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a command does that is told to stop, by a signal or by the JVM's end. */
@Timeout(20)
class StopTest {
  private final AtomicInteger stopped = new AtomicInteger();

  @Test
  void secondSignalDoesNotWaitForWhatTheFirstBegan() throws Exception {
    try (Stop stop = Stop.on(stopped::incrementAndGet)) {
      SignalsTest.raise("TERM");
      await().atMost(Duration.ofSeconds(10)).until(() -> stopped.get() == 1);

      stop.atEnd(stopped::incrementAndGet);

      assertThat(stopped).hasValue(1);
    }
  }

  @Test
  void endOfTheJvmWaitsUntilAllIsInOrder() throws Exception {
    Stop stop = Stop.on(stopped::incrementAndGet);
    Thread ending = new Thread(() -> stop.atEnd(stopped::incrementAndGet));
    ending.start();
    await().atMost(Duration.ofSeconds(10)).until(() -> stopped.get() == 1);
    boolean waited = ending.isAlive();

    stop.close();

    ending.join();
    assertThat(waited).isTrue();
    assertThat(stop.isWanted()).isTrue();
  }
}
