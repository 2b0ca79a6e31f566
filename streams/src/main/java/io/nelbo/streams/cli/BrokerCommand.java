package io.nelbo.streams.cli;

import io.nelbo.streams.local.LocalBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs a real single-node Kafka on this machine (127.0.0.1), for trying things out.",
      "It has no security and keeps one copy: no place for data that matter."
    },
    footer = {
      "",
      "Examples:",
      "  nelbo broker                       on port 9092, data gone at the end",
      "  nelbo broker --port 9095 --dir kafka-data"
    })
final class BrokerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Keep topics and records here; without it they are deleted at the end.")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Parameters.require(spec, port >= 0 && port <= 65535, "--port must be 0 to 65535, was " + port);
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().getErr().println("starting Kafka, this takes some seconds ...");
    try (Stop stop = Stop.open();
        LocalBroker broker =
            dir == null ? LocalBroker.temporary(port) : LocalBroker.start(dir, port)) {
      out.println("bootstrap.servers=" + broker.bootstrapServers());
      out.flush();
      spec.commandLine().getErr().println("Kafka is up; Ctrl-C stops it");
      stop.await();
    }
    return 0;
  }
}
