package io.nelbo.streams.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import io.nelbo.streams.config.HttpSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServiceTest {
  private static final HttpSettings ANY_PORT = new HttpSettings("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final EventStream events = new EventStream(() -> bytes("event: first\ndata: 0\n\n"));
  private HttpService service;

  @BeforeEach
  void start() throws IOException {
    Map<String, HttpHandler> routes =
        Map.of("/hello", exchange -> Reply.text(exchange, 200, "hello"), "/events", events);
    service = HttpService.start(ANY_PORT, routes);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void pathsThatAreNotServedSayWhichAre() throws Exception {
    assertThat(get("hello").body()).isEqualTo("hello\n");
    for (String path : List.of("", "hello/", "hello/..%2f", "page/../hello.html")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).contains("/metrics");
    }
  }

  @Test
  void answersAreForReadingOnlyAndForNoOtherPage() throws Exception {
    HttpResponse<String> posted = send(request("hello").POST(HttpRequest.BodyPublishers.noBody()));
    HttpResponse<String> asked = send(request("hello").method("HEAD", noBody()));

    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.body()).isEmpty();
    assertThat(asked.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none';")
        .doesNotContain("unsafe", "*", "http", "data:");
    assertThat(asked.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void nameOfSomewhereElseThatPointsHereIsTurnedAway() throws Exception {
    assertThat(ask("hello", "evil.example")).contains("421");
    assertThat(ask("hello", "evil.example:" + service.address().getPort())).contains("421");
    assertThat(ask("hello", "localhost:" + service.address().getPort())).contains("200");
    assertThat(ask("hello", "[::1]:8080")).contains("200");
  }

  @Test
  void portThatIsTakenIsNamedWithTheRemedy() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> HttpService.start(new HttpSettings("127.0.0.1", port), Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("http.port is " + port)
          .hasMessageContaining("set http.port to another");
    }
  }

  @Test
  void hostThatIsNotOfThisMachineIsNamedWithTheRemedy() {
    assertThatThrownBy(() -> HttpService.start(new HttpSettings("192.0.2.1", 0), Map.of()))
        .hasMessageStartingWith("http.host is \"192.0.2.1\"")
        .hasMessageContaining("127.0.0.1 serves this machine only");
    assertThatThrownBy(() -> HttpService.start(new HttpSettings("no such host", 0), Map.of()))
        .hasMessageStartingWith("http.host is \"no such host\"")
        .hasMessageContaining("no such name is known");
  }

  @Test
  void clientThatDoesNotReadIsDroppedAndHoldsUpNobody() throws Exception {
    byte[] event = bytes("data: " + "x".repeat(200_000) + "\n\n");
    try (Socket stalled = watch();
        Socket reading = watch()) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(reading.getInputStream(), UTF_8));
      skipTo(lines, "data: 0");
      await().atMost(PATIENCE).until(() -> events.clients() == 2);

      long slowest = 0;
      int sent = 0;
      while (events.clients() == 2 && sent < 1_000) {
        long before = System.nanoTime();
        events.send(event);
        slowest = Math.max(slowest, System.nanoTime() - before);
        skipTo(lines, "data: x");
        sent++;
      }

      assertThat(sent)
          .as("more than the stalled client's queue")
          .isGreaterThan(EventClient.PATIENCE);
      assertThat(events.clients()).isEqualTo(1);
      assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(1));
      assertThat(get("hello").statusCode()).isEqualTo(200);
      assertThat(stalled.isClosed()).isFalse();
    }
    events.send(event);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              events.send(event);
              return events.clients() == 0;
            });
  }

  @Test
  void moreThanSoManyWatchersAreTurnedAwayAndAllElseIsServed() throws Exception {
    List<Socket> watchers = new ArrayList<>();
    try {
      for (int i = 0; i < EventStream.MOST_CLIENTS; i++) {
        watchers.add(watch());
      }
      await().atMost(PATIENCE).until(() -> events.clients() == EventStream.MOST_CLIENTS);

      HttpResponse<String> another = get("events");

      assertThat(another.statusCode()).isEqualTo(503);
      assertThat(another.headers().firstValue("Retry-After")).isPresent();
      assertThat(get("hello").statusCode()).isEqualTo(200);
    } finally {
      for (Socket watcher : watchers) {
        watcher.close();
      }
    }
  }

  private Socket watch() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    URI address = service.address();
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    socket.getOutputStream().write(bytes("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    return socket;
  }

  private static void skipTo(BufferedReader lines, String start) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith(start)) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
  }

  /** Asks under a name; the JDK's client does not let a program choose it. */
  private String ask(String path, String host) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
      socket
          .getOutputStream()
          .write(bytes("GET /" + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.address().resolve("/" + path)).timeout(PATIENCE);
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
