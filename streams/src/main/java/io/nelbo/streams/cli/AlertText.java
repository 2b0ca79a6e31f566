package io.nelbo.streams.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Contribution;
import io.nelbo.schemas.OriginalRecord;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.Decoded;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaSource;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Alerts for people and, as JSON, for programs. NOT thread safe. */
final class AlertText {
  private final Deserializer<Alert> alerts;
  private final ObservationReader reader;

  /**
   * Shows alerts.
   *
   * @param schemas where the schemas of alerts of a newer Nelbo, and of the records in the alerts,
   *     are found
   */
  AlertText(SchemaSource schemas) {
    alerts = AvroSerde.of(Alert.class, schemas::find, schemas.registry()).deserializer();
    reader = new ObservationReader(schemas);
  }

  /**
   * Reads an alert.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if it is none
   */
  Alert read(ConsumerRecord<byte[], byte[]> record) {
    return alerts.deserialize(record.topic(), record.value());
  }

  /** Returns every field of an alert; the record in it decoded, or in Base64 and why. */
  ObjectNode json(Alert alert) {
    ObjectNode json = AvroJson.of(alert);
    OriginalRecord original = alert.getRecord();
    if (original != null) {
      ObjectNode record = json.putObject("record");
      record.put("schemaFingerprint", "%016x".formatted(original.getSchemaFingerprint()));
      byte[] value = bytes(original.getValue());
      try {
        Decoded decoded = reader.decode(value);
        record.put("schema", decoded.writer().getFullName());
        record.set("value", AvroJson.of(decoded.record()));
      } catch (BadRecordException e) {
        record.put("bytes", value);
        record.put("undecoded", e.getMessage());
      }
    }
    return json;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static String plain(Alert alert) {
    return String.format(
        Locale.ROOT,
        "%s  %-8s  %s/%d@%d  p %.2g  score %.1f nats (reconstruction %.1f, KL %.1f)  %s v%d%n"
            + "    %s%n    %s",
        alert.getSource().getTimestamp(),
        alert.getSeverity(),
        alert.getSource().getTopic(),
        alert.getSource().getPartition(),
        alert.getSource().getOffset(),
        alert.getPValue(),
        alert.getScore(),
        alert.getReconstruction(),
        alert.getKl(),
        alert.getModel().getName(),
        alert.getModel().getVersion(),
        alert.getReason(),
        alert.getContributions().stream().map(AlertText::plain).collect(Collectors.joining(", ")));
  }

  private static String plain(Contribution contribution) {
    return String.format(
        Locale.ROOT,
        "%s %+.1f nats (%.0f %%)",
        contribution.getFeature(),
        contribution.getNats(),
        100 * contribution.getShare());
  }
}
