package io.nelbo.streams.app;

import io.nelbo.streams.config.NelboConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a broker before any of Kafka's clients is made, so that "no broker" is one line and not
 * the warnings of five clients.
 */
public final class Broker {
  private static final Logger log = LoggerFactory.getLogger(Broker.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final Map<String, Object> properties;
  private final String servers;
  private final Duration patience;

  public Broker(NelboConfig config) {
    properties = config.adminProperties();
    servers = String.valueOf(properties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    patience = config.patience();
  }

  /** How long to wait for what others must bring: a broker, the input topic. */
  Duration patience() {
    return patience;
  }

  /**
   * Returns an admin client whose cluster has answered.
   *
   * @param cancelled ends the wait early
   * @throws ApplicationException if none answers in time, or the wait was cancelled
   */
  public Admin connect(BooleanSupplier cancelled) throws InterruptedException {
    awaitListener(cancelled);
    Admin admin = Admin.create(properties);
    try {
      admin.describeCluster().clusterId().get();
      return admin;
    } catch (ExecutionException e) {
      admin.close(Duration.ZERO);
      throw new ApplicationException(
          "%s accepts connections but does not answer as a Kafka broker (%s): check bootstrap.servers, security.protocol and the credentials"
              .formatted(servers, e.getCause() == null ? e : e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private void awaitListener(BooleanSupplier cancelled) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (!isListening()) {
      if (cancelled.getAsBoolean()) {
        throw new ApplicationException("stopped while waiting for a Kafka broker at " + servers);
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new ApplicationException(
            "no Kafka broker at %s within %d s (default.api.timeout.ms): start one, or correct bootstrap.servers"
                .formatted(servers, patience.toSeconds()));
      }
      if (!told) {
        told = true;
        log.warn("no Kafka broker at {}, retrying for {} s", servers, patience.toSeconds());
      }
      TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
    }
  }

  private boolean isListening() {
    for (String server : servers.split(",", -1)) {
      String host = Utils.getHost(server.strip());
      Integer port = Utils.getPort(server.strip());
      if (host == null || port == null) {
        throw new ApplicationException(
            "bootstrap.servers must list host:port with commas between, was " + servers);
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), (int) CONNECT_TIMEOUT.toMillis());
        return true;
      } catch (IOException e) {
        log.debug("{} does not accept connections", server, e);
      }
    }
    return false;
  }
}
