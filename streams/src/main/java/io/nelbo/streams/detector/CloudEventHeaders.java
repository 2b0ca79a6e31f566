package io.nelbo.streams.detector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.schemas.Alert;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers that make a Kafka record a CloudEvent in binary mode (CloudEvents 1.0, Kafka Protocol
 * Binding, section 3.2): the alert's id, what found it, what it is about, and when.
 */
final class CloudEventHeaders {
  static final String TYPE = "io.nelbo.alert";
  private static final String PREFIX = "ce_";
  private static final String CONTENT_TYPE = "content-type";

  private CloudEventHeaders() {}

  /** Writes them; those of an event that the scored record was itself are no longer true. */
  static void write(Headers headers, Alert alert) {
    List<String> theirs = new ArrayList<>(List.of(CONTENT_TYPE));
    for (Header header : headers) {
      if (header.key().startsWith(PREFIX)) {
        theirs.add(header.key());
      }
    }
    theirs.forEach(headers::remove);
    add(headers, CONTENT_TYPE, "application/avro");
    add(headers, PREFIX + "specversion", "1.0");
    add(headers, PREFIX + "id", alert.getAlertId().toString());
    add(headers, PREFIX + "source", "/nelbo/" + alert.getDetector());
    add(headers, PREFIX + "type", TYPE);
    add(headers, PREFIX + "time", alert.getScoredAt().toString());
    add(
        headers,
        PREFIX + "subject",
        "%s/%d/%d"
            .formatted(
                alert.getSource().getTopic(),
                alert.getSource().getPartition(),
                alert.getSource().getOffset()));
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
