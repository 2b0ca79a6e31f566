package io.nelbo.streams.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelEventReaderTest {
  @Test
  void historyThatCannotBeReadIsSaidToBeSo() {
    Map<String, Object> lockedOut =
        DetectorConfig.of(
                Settings.of(
                    Map.of(
                        "input.topic", "readings",
                        "security.protocol", "SSL",
                        "ssl.truststore.location", "/absent.p12")))
            .consumerProperties();
    try (ModelEventReader reader = new ModelEventReader(lockedOut, "nelbo.model-events")) {
      reader.start();

      await().atMost(Duration.ofSeconds(20)).until(() -> reader.trouble() != null);

      assertThat(reader.trouble()).startsWith("model events cannot be read: ");
      assertThat(reader.take()).isEmpty();
    }
  }
}
