package io.nelbo.streams.cli;

import io.nelbo.streams.config.ClientConfig;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/** The first contact of a command with Kafka: waits for a broker and says so once. */
final class BrokerContact {
  private static final int TRY_MS = 2_000;

  private BrokerContact() {}

  /**
   * Returns once a broker answers.
   *
   * @throws CommandFailure if none does within so many seconds
   */
  static void await(ClientConfig config, int seconds, PrintWriter err) throws InterruptedException {
    String servers = String.valueOf(config.adminProperties().get("bootstrap.servers"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (Admin admin = Admin.create(config.adminProperties())) {
      boolean told = false;
      while (!answers(admin)) {
        if (System.nanoTime() - deadline >= 0) {
          throw new CommandFailure(
              "no Kafka broker answered at "
                  + servers
                  + " within "
                  + seconds
                  + " s; is it up, and is bootstrap.servers right?");
        }
        if (!told) {
          err.println("no Kafka broker answers at " + servers + "; trying for " + seconds + " s");
          err.flush();
          told = true;
        }
      }
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      admin.describeCluster(new DescribeClusterOptions().timeoutMs(TRY_MS)).nodes().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) {
        return false;
      }
      throw e.getCause() instanceof KafkaException kafkas
          ? kafkas
          : new KafkaException(e.getCause());
    }
  }
}
