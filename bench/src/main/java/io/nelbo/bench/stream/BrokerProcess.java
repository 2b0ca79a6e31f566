package io.nelbo.bench.stream;

import io.nelbo.streams.cli.Main;
import java.io.IOException;
import java.util.List;

/** A real broker, {@code nelbo broker}, in a process of its own; its data are gone at the end. */
final class BrokerProcess implements AutoCloseable {
  private static final String ANSWER = "bootstrap.servers=";

  private final ChildProcess process;
  private final String bootstrapServers;

  private BrokerProcess(ChildProcess process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  static BrokerProcess start() throws IOException {
    ChildProcess process =
        ChildProcess.start(
            "the broker",
            List.of("-Xms1g", "-Xmx1g"),
            Main.class.getName(),
            List.of("broker", "--port", "0"));
    return new BrokerProcess(process, process.answer(ANSWER));
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    process.close();
  }
}
