package io.nelbo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaIT {
  @Test
  void onlyCommittedRecordsAreRead() {
    String topic = TestKafka.newTopic("committed", 1);

    TestKafka.produceInTransaction(List.of(record(topic, "aborted")), false);
    TestKafka.produceInTransaction(List.of(record(topic, "committed")), true);
    TestKafka.produce(topic, bytes("plain"));

    assertThat(TestKafka.readToEnd(topic))
        .extracting(r -> new String(r.value(), StandardCharsets.UTF_8))
        .containsExactly("committed", "plain");
  }

  @Test
  void waitingInVainFailsAndNamesTheTopic() {
    String topic = TestKafka.newTopic("empty", 2);

    assertThatThrownBy(() -> TestKafka.read(topic, 1, Duration.ofMillis(300)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(topic);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
    return new ProducerRecord<>(topic, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
