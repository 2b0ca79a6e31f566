package io.nelbo.streams.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BrokerTest {
  @Test
  void absentBrokerIsNamedAfterTheStatedTime() throws Exception {
    Broker broker = broker("127.0.0.1:" + closedPort(), "1000");

    assertThatThrownBy(() -> broker.connect(() -> false))
        .isInstanceOf(ApplicationException.class)
        .hasMessageMatching(
            "no Kafka broker at 127\\.0\\.0\\.1:\\d+ within 1 s \\(default\\.api\\.timeout\\.ms\\): .*");
  }

  @Test
  void waitEndsWhenTheApplicationIsStopped() throws Exception {
    Broker broker = broker("127.0.0.1:" + closedPort(), "60000");

    assertThatThrownBy(() -> broker.connect(() -> true))
        .isInstanceOf(ApplicationException.class)
        .hasMessageStartingWith("stopped while waiting");
  }

  @Test
  void listenerThatIsNoBrokerIsNamed() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Broker broker = broker("127.0.0.1:" + mute.getLocalPort(), "1000");

      assertThatThrownBy(() -> broker.connect(() -> false))
          .isInstanceOf(ApplicationException.class)
          .hasMessageContaining("does not answer as a Kafka broker")
          .hasMessageContaining("security.protocol");
    }
  }

  private static Broker broker(String servers, String timeoutMs) {
    return new Broker(
        ClientConfig.of(
            Settings.of(
                Map.of(
                    "bootstrap.servers", servers,
                    "default.api.timeout.ms", timeoutMs,
                    "request.timeout.ms", "500"))));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
