package io.nelbo.bench.fault;

import io.nelbo.bench.process.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Uuid;

/**
 * The nodes of a Kafka cluster, each broker and controller, each in a process of its own. With
 * three of them everything has three replicas, of which two must have a record. They keep their
 * ports and data through death and restart.
 */
final class Nodes implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final List<String> JVM = List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC");

  /** Sooner there, and slower in the long run; several would compile at once, again and again. */
  private static final String SOON = "-XX:TieredStopAtLevel=1";

  private final List<Program> nodes = new ArrayList<>();
  private final String bootstrapServers;
  private final int replicas;

  private Nodes(int count, boolean isShort, Path directory) throws IOException {
    List<String> jvm = new ArrayList<>(JVM);
    if (isShort || count > 1) {
      jvm.add(SOON);
    }
    List<Integer> ports = freePorts(2 * count);
    replicas = Math.min(count, 3);
    bootstrapServers = addresses(ports.subList(0, count));
    List<Integer> controllers = ports.subList(count, 2 * count);
    String voters =
        IntStream.range(0, count)
            .mapToObj(i -> i + 1 + "@" + HOST + ":" + controllers.get(i))
            .collect(Collectors.joining(","));
    String clusterId = Uuid.randomUuid().toString();
    for (int i = 0; i < count; i++) {
      Properties settings = settings(i + 1, ports.get(i), controllers.get(i), voters, replicas);
      settings.put("log.dirs", directory.resolve("node-" + (i + 1)).toString());
      Path file = directory.resolve("node-" + (i + 1) + ".properties");
      try (Writer writer = Files.newBufferedWriter(file)) {
        settings.store(writer, null);
      }
      format(clusterId, file);
      nodes.add(
          Program.java(
              "node " + (i + 1),
              directory.resolve("node-" + (i + 1) + ".log"),
              jvm,
              Kafka.class.getName(),
              List.of(file.toString())));
    }
  }

  /** Starts them and returns when they all know each other. */
  static Nodes start(int count, boolean isShort, Path directory)
      throws IOException, InterruptedException {
    Nodes nodes = new Nodes(count, isShort, directory);
    for (Program node : nodes.nodes) {
      node.start();
    }
    nodes.awaitWhole();
    return nodes;
  }

  private static String addresses(List<Integer> ports) {
    return ports.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Properties settings(
      int id, int port, int controllerPort, String voters, int replicas) {
    String enough = Integer.toString(Math.max(1, replicas - 1));
    String all = Integer.toString(replicas);
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(id));
    settings.put("controller.quorum.voters", voters);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", all);
    settings.put("min.insync.replicas", enough);
    settings.put("offsets.topic.replication.factor", all);
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", all);
    settings.put("transaction.state.log.min.isr", enough);
    settings.put("transaction.state.log.num.partitions", "4");
    // Kafka's 10 s would be added to the time until a survivor's records are seen.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    settings.put("share.coordinator.state.topic.replication.factor", all);
    settings.put("share.coordinator.state.topic.min.isr", enough);
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    return settings;
  }

  private static void format(String clusterId, Path settings) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] arguments = {"format", "--cluster-id", clusterId, "--config", settings.toString()};
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    if (StorageTool.execute(arguments, out) != 0) {
      throw new IOException("a node's directory is not formatted: " + said);
    }
  }

  int count() {
    return nodes.size();
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  void kill(int node) throws InterruptedException {
    nodes.get(node).kill();
  }

  void start(int node) throws IOException {
    nodes.get(node).start();
  }

  /** Waits until every node is there and every partition has all its replicas. */
  void awaitWhole() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      while (!isWhole(admin)) {
        for (Program node : nodes) {
          if (!node.isAlive()) {
            throw new IOException(node.name() + " ended; its log: " + node.tail());
          }
        }
        if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(90)) {
          throw new IOException("the brokers are not whole after 90 s");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private boolean isWhole(Admin admin) throws InterruptedException {
    try {
      if (admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size() < nodes.size()) {
        return false;
      }
      var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      return admin.describeTopics(names).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(p -> p.leader() != null && p.isr().size() == replicas);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      return false; // not yet
    }
  }

  @Override
  public void close() {
    nodes.forEach(Program::close);
  }
}
