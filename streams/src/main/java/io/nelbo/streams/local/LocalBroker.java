package io.nelbo.streams.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker, its own KRaft controller, in this JVM: for trying things out, the demo and
 * the tests. It listens on 127.0.0.1 only, knows no security, keeps one replica, and makes no topic
 * that nobody created.
 *
 * <p>Starts ready to use; the first start of a JVM takes 3 to 10 s, a later one about 1 s. Threads:
 * safe to share, close once.
 */
public final class LocalBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalBroker.class);
  private static final String HOST = "127.0.0.1";

  private final BrokerDirectory directory;
  private final int port;
  private final KafkaRaftServer server;

  private LocalBroker(BrokerDirectory directory, int port, KafkaRaftServer server) {
    this.directory = directory;
    this.port = port;
    this.server = server;
  }

  /**
   * Starts a broker whose data are deleted when it is closed.
   *
   * @param port to listen on; 0 takes a free one
   * @throws IOException if the port is in use; the message says so
   */
  public static LocalBroker temporary(int port) throws IOException {
    requireFree(port);
    return start(BrokerDirectory.temporary(), port, Map.of(), List.of());
  }

  /**
   * Starts a broker that keeps its data: topics, records and offsets are there again at the next
   * start.
   *
   * @param directory new, empty, or of an earlier broker
   * @param port to listen on; 0 takes a free one
   * @throws IOException if the port is in use, or the directory is in use, not writable or holds
   *     something else; the message says which
   */
  public static LocalBroker start(Path directory, int port) throws IOException {
    requireFree(port);
    return start(BrokerDirectory.of(directory), port, Map.of(), List.of());
  }

  /**
   * Starts a broker whose data are deleted when it is closed, with settings of its own.
   *
   * @param formatting more arguments for Kafka's tool that formats the directory
   */
  static LocalBroker temporary(Map<String, String> settings, List<String> formatting)
      throws IOException {
    return start(BrokerDirectory.temporary(), 0, settings, formatting);
  }

  private static LocalBroker start(
      BrokerDirectory directory, int wanted, Map<String, String> more, List<String> formatting)
      throws IOException {
    try {
      int controllerPort;
      int port;
      try (ServerSocket one = bind(0);
          ServerSocket other = bind(wanted)) {
        controllerPort = one.getLocalPort();
        port = other.getLocalPort();
      }
      Properties settings = settings(directory.path(), port, controllerPort);
      settings.putAll(more);
      if (!directory.isFormatted()) {
        format(settings, formatting);
      }
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      try {
        server.startup();
      } catch (RuntimeException e) {
        server.shutdown();
        throw new IOException("the broker did not start: " + e.getMessage(), e);
      }
      LOG.info("local broker listens on {}:{}, data in {}", HOST, port, directory.path());
      return new LocalBroker(directory, port, server);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket socket = bind(port)) {
      LOG.debug("port {} is free", socket.getLocalPort());
    } catch (BindException e) {
      throw new IOException(
          "cannot listen on "
              + HOST
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "); choose another port"
              + " or stop what uses it",
          e);
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void format(Properties settings, List<String> more) throws IOException {
    Path file = Files.createTempFile("nelbo-broker-", ".properties");
    try {
      try (Writer writer = Files.newBufferedWriter(file)) {
        settings.store(writer, null);
      }
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "format",
                  "--cluster-id",
                  Uuid.randomUuid().toString(),
                  "--config",
                  file.toString()));
      arguments.addAll(more);
      if (StorageTool.execute(arguments.toArray(String[]::new), out) != 0) {
        throw new IOException(
            "cannot format the broker's directory: " + said.toString(StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static Properties settings(Path directory, int port, int controllerPort) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "CLIENT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    settings.put("advertised.listeners", "CLIENT://" + HOST + ":" + port);
    settings.put("inter.broker.listener.name", "CLIENT");
    settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", directory.toString());
    // A consumer that asks too early would otherwise make a topic with the wrong settings.
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    // A transaction right after another waits for it; on a busy machine 100 ms are too short, and
    // then the producer must sort out failed batches.
    settings.put("add.partitions.to.txn.retry.backoff.max.ms", "5000");
    // How often it is looked for transactions of those who died; until then nobody sees beyond
    // them.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // The default of 128 MB is heap of this JVM.
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    return settings;
  }

  /** Returns {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  public Path directory() {
    return directory.path();
  }

  /** Returns when the broker has stopped, from whatever cause. */
  public void awaitStop() {
    server.awaitShutdown();
  }

  /** Stops the broker, within seconds; temporary data are deleted. */
  @Override
  public void close() throws IOException {
    server.shutdown();
    server.awaitShutdown();
    directory.close();
  }
}
