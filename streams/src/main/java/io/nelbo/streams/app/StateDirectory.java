package io.nelbo.streams.app;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Where an application keeps its state unless {@code state.dir} says so: {@code
 * ~/.nelbo/state/CLUSTER}. Kafka's own default is lost at a reboot; and were it the same for two
 * clusters, what was kept of one would be taken for a part of the other.
 */
final class StateDirectory {
  private StateDirectory() {}

  static void setDefault(Properties properties, Admin admin) throws InterruptedException {
    if (properties.containsKey(StreamsConfig.STATE_DIR_CONFIG)) {
      return;
    }
    Path home = Path.of(System.getProperty("user.home"), ".nelbo", "state", clusterId(admin));
    properties.put(StreamsConfig.STATE_DIR_CONFIG, home.toString());
  }

  private static String clusterId(Admin admin) throws InterruptedException {
    try {
      return admin.describeCluster().clusterId().get();
    } catch (ExecutionException e) {
      throw new KafkaException("the cluster does not tell its id", e.getCause());
    }
  }
}
