package io.nelbo.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
  @Test
  void signalRunsTheActionInsteadOfEndingTheJvm() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);

    try (Signals signals = Signals.handle(asked::countDown)) {
      assertThat(signals).isNotNull();
      raise("TERM");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  static void raise(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    signal
        .getMethod("raise", signal)
        .invoke(null, signal.getConstructor(String.class).newInstance(name));
  }
}
