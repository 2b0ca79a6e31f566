package io.nelbo.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownKeysTest {
  @Test
  void misspeltKeyIsUnknownAndTheOneMeantIsNamed() {
    Set<String> unknown =
        KafkaSettings.unknown(
            Set.of("alert.rat", "score.samples", "security.protocol", "consumer.max.poll.records"));

    assertThat(unknown).containsExactly("alert.rat");
    assertThat(UnknownKeys.nearest("alert.rat", KafkaSettings.known())).isEqualTo("alert.rate");
  }

  @Test
  void nothingIsSuggestedForAKeyLikeNoOther() {
    assertThat(UnknownKeys.nearest("my.own.metrics.endpoint", KafkaSettings.known())).isNull();
  }
}
