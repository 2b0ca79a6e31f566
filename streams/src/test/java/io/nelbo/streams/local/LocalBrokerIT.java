package io.nelbo.streams.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {
  @Test
  void restartKeepsTopicsAndRecords(@TempDir Path directory) throws Exception {
    try (LocalBroker first = LocalBroker.start(directory, 0)) {
      createTopic(first, "kept");
      produce(first, "kept", "one", "two");
    }

    try (LocalBroker second = LocalBroker.start(directory, 0)) {
      assertThat(read(second, "kept", 2)).containsExactly("one", "two");
    }
  }

  @Test
  void temporaryDataAreDeletedAtClose() throws Exception {
    LocalBroker broker = LocalBroker.temporary(0);
    createTopic(broker, "gone");

    broker.close();

    assertThat(broker.directory()).doesNotExist();
  }

  @Test
  void secondBrokerOnOneDirectoryIsRefused(@TempDir Path directory) throws Exception {
    try (LocalBroker broker = LocalBroker.start(directory, 0)) {
      assertThatThrownBy(() -> LocalBroker.start(broker.directory(), 0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another broker is running on the data in " + directory);
    }
  }

  @Test
  void usedPortIsRefusedByName(@TempDir Path directory) throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> LocalBroker.start(directory.resolve("data"), port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + port);
      assertThat(directory.resolve("data")).doesNotExist();
    }
  }

  @Test
  void directoryOfSomethingElseIsRefused(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("thesis.txt"), "precious");

    assertThatThrownBy(() -> LocalBroker.start(directory, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds files that are not a broker's");
  }

  @Test
  void fileInPlaceOfADirectoryIsRefused(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("file"), "x".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> LocalBroker.start(file, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a file");
  }

  private static void createTopic(LocalBroker broker, String topic) throws Exception {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void produce(LocalBroker broker, String topic, String... values) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static List<String> read(LocalBroker broker, String topic, int count) {
    List<String> values = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (values.size() < count && System.nanoTime() - deadline < 0) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
      }
    }
    return values;
  }
}
