package io.nelbo.streams.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {
  private final StreamsException timedOut =
      new StreamsException("task timed out", new TimeoutException("no leader"));

  private final AtomicLong nanoTime = new AtomicLong();
  private final ThreadDeaths deaths = new ThreadDeaths("detector", "nelbo.detector", nanoTime::get);

  @Test
  void threadThatTheBrokerFailedIsReplacedAFewTimes() {
    for (int i = 0; i < ThreadDeaths.MAX_REPLACEMENTS; i++) {
      assertThat(deaths.handle(timedOut)).isEqualTo(REPLACE_THREAD);
    }

    assertThat(deaths.handle(timedOut)).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void threadWhoseTransactionTheBrokersLostIsReplaced() {
    assertThat(
            deaths.handle(
                new StreamsException(
                    "commit failed", new InvalidTxnStateException("an invalid state"))))
        .isEqualTo(REPLACE_THREAD);
    assertThat(
            deaths.handle(
                new StreamsException("send failed", new OutOfOrderSequenceException("5 after 3"))))
        .isEqualTo(REPLACE_THREAD);
  }

  @Test
  void replacementsOfLongAgoDoNotCount() {
    for (int i = 0; i < ThreadDeaths.MAX_REPLACEMENTS; i++) {
      deaths.handle(timedOut);
    }
    nanoTime.addAndGet(ThreadDeaths.WITHIN.toNanos() + 1);

    assertThat(deaths.handle(timedOut)).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void defectEndsTheClientAndIsTheReason() {
    assertThat(deaths.handle(new StreamsException("task failed", new IllegalStateException("bug"))))
        .isEqualTo(SHUTDOWN_CLIENT);
    assertThat(deaths.lastReason()).isEqualTo("task failed, because of bug");
  }
}
