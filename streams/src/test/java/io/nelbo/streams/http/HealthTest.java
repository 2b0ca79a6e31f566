package io.nelbo.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.streams.config.HttpSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Part WELL = new Played("trainer", null, null);

  private record Played(String name, @Nullable String whyDead, @Nullable String whyNotReady)
      implements Part {
    @Override
    public Map<MetricName, ? extends Metric> metrics() {
      return Map.of();
    }
  }

  @Test
  void programThatHasDiedIsToBeStartedAgain() throws Exception {
    List<Part> parts = List.of(new Played("detector", "detector died: no disk", null), WELL);

    HttpResponse<String> live = ask(Health.live(parts));
    HttpResponse<String> ready = ask(Health.ready(parts));

    assertThat(live.statusCode()).isEqualTo(503);
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(live.body())
        .contains("\"detector\":\"detector died: no disk\"", "\"trainer\":\"live\"");
  }

  @Test
  void programThatWaitsIsAliveAndNotReady() throws Exception {
    List<Part> parts = List.of(WELL, new Played("detector", null, "not started"));

    HttpResponse<String> live = ask(Health.live(parts));
    HttpResponse<String> ready = ask(Health.ready(parts));

    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"detector\":\"not started\"", "\"trainer\":\"ready\"");
  }

  private static HttpResponse<String> ask(Health health) throws IOException, InterruptedException {
    try (HttpService service =
        HttpService.start(new HttpSettings("127.0.0.1", 0), Map.of("/health", health))) {
      HttpRequest request = HttpRequest.newBuilder(service.address().resolve("/health")).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
  }
}
