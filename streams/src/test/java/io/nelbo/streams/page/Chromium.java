package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A headless Chromium with one page, driven by its DevTools protocol over the JDK's WebSocket, so
 * that no driver has to be downloaded.
 */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  private Chromium(Process process, URI page) {
    this.process = process;
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, new Inbox()).join();
  }

  /** Starts a browser that reaches nothing but this machine. */
  static Chromium start(Path executable, Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile())
            .start();
    Path file = profile.resolve("DevToolsActivePort");
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(() -> Files.exists(file) && Files.readAllLines(file).size() > 1);
    URI targets = URI.create("http://127.0.0.1:" + Files.readAllLines(file).get(0) + "/json/list");
    String list =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(targets).build(), BodyHandlers.ofString())
            .body();
    for (JsonNode target : JSON.readTree(list)) {
      if (target.path("type").asText().equals("page")) {
        Chromium chromium =
            new Chromium(process, URI.create(target.path("webSocketDebuggerUrl").asText()));
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
          chromium.call(domain + ".enable", object());
        }
        return chromium;
      }
    }
    throw new AssertionError("Chromium has no page: " + list);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  JsonNode call(String method, ObjectNode parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = object().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    JsonNode received = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (received.has("error")) {
      throw new AssertionError(method + ": " + received.get("error"));
    }
    return received.path("result");
  }

  void open(URI page) {
    call("Page.navigate", object().put("url", page.toString()));
  }

  /** Evaluates an expression in the page; a promise is waited for. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            object()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  void resize(int width, int height, boolean phone) {
    call(
        "Emulation.setDeviceMetricsOverride",
        object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", phone ? 2 : 1)
            .put("mobile", phone));
  }

  void theme(String colorScheme) {
    ObjectNode parameters = object();
    parameters
        .putArray("features")
        .add(object().put("name", "prefers-color-scheme").put("value", colorScheme));
    call("Emulation.setEmulatedMedia", parameters);
  }

  void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      ObjectNode parameters = object().put("type", type).put("key", key).put("code", key);
      if (key.equals("Enter")) {
        parameters.put("text", "\r").put("windowsVirtualKeyCode", 13);
      } else if (key.equals("Tab")) {
        parameters.put("windowsVirtualKeyCode", 9);
      }
      call("Input.dispatchKeyEvent", parameters);
    }
  }

  void screenshot(Path file) throws IOException {
    JsonNode shot = call("Page.captureScreenshot", object().put("format", "png"));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
  }

  /** What the browser told of a kind, such as {@code Log.entryAdded}, since it was started. */
  List<JsonNode> told(String method) {
    return events.stream().filter(event -> event.path("method").asText().equals(method)).toList();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join().destroyForcibly();
  }

  private final class Inbox implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void take(String message) {
      try {
        JsonNode json = JSON.readTree(message);
        CompletableFuture<JsonNode> answer = waiting.remove(json.path("id").asInt(-1));
        if (answer == null) {
          events.add(json);
        } else {
          answer.complete(json);
        }
      } catch (IOException e) {
        throw new AssertionError(message, e);
      }
    }
  }
}
