package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.streams.Pumps;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Alerts as the CloudEvents project's own Kafka library reads them. */
class CloudEventsTest {
  private final Headers ofTheRecord =
      new RecordHeaders()
          .add("trace", "t-1".getBytes(UTF_8))
          .add("content-type", "text/plain".getBytes(UTF_8))
          .add("ce_id", "of the record".getBytes(UTF_8))
          .add("ce_shift", "night".getBytes(UTF_8));

  @Test
  void alertIsACloudEventThatNamesTheRecordItIsAbout() {
    TestRecord<byte[], byte[]> record = alert(Map.of("alert.cloudevents", "true"));

    CloudEvent event = KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();

    byte[] data = Objects.requireNonNull(event.getData()).toBytes();
    Alert alert = AvroSerde.of(Alert.class).deserializer().deserialize("alerts", data);
    assertThat(event.getId()).isEqualTo(alert.getAlertId().toString());
    assertThat(event.getType()).isEqualTo("io.nelbo.alert");
    assertThat(event.getSource()).hasToString("/nelbo/pumps");
    assertThat(event.getSubject()).isEqualTo("readings/0/0");
    assertThat(Objects.requireNonNull(event.getTime()).toInstant()).isEqualTo(alert.getScoredAt());
    assertThat(event.getDataContentType()).isEqualTo("application/avro");
    assertThat(event.getExtensionNames()).isEmpty();
    assertThat(DetectorDriver.text(record.headers())).containsEntry("trace", "t-1");
  }

  @Test
  void unlessItIsAskedForTheHeadersAreThoseOfTheRecord() {
    assertThat(alert(Map.of()).headers()).isEqualTo(ofTheRecord);
  }

  private TestRecord<byte[], byte[]> alert(Map<String, String> settings) {
    try (DetectorDriver detector = new DetectorDriver(settings)) {
      detector.publish(Pumps.version(1));
      detector.pipe(Pumps.outlier(), ofTheRecord);
      return detector
          .topology
          .createOutputTopic(
              "pumps.alerts", new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readRecord();
    }
  }
}
