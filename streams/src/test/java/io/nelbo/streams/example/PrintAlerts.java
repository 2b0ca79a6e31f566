package io.nelbo.streams.example;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Prints alerts as they come. Arguments: bootstrap servers, alerts topic, consumer group. */
public final class PrintAlerts {
  private PrintAlerts() {}

  public static void main(String[] args) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            args[0],
            "group.id",
            args[2],
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed"); // exactly once
    try (var consumer =
        new KafkaConsumer<>(
            settings, new ByteArrayDeserializer(), AvroSerde.of(Alert.class).deserializer())) {
      consumer.subscribe(List.of(args[1]));
      while (!Thread.currentThread().isInterrupted()) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(record -> System.out.println(line(record.value())));
      }
    }
  }

  static String line(Alert alert) {
    return alert.getSeverity() + " " + alert.getAlertId() + ": " + alert.getReason();
  }
}
