package io.nelbo.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to a schema registry. One that gets no answer, or none that is a registry's (429, 5xx,
 * what a proxy says while the registry is away), is made again of the next of its URLs, with a
 * growing pause, as long as patience lasts. Safe for use by several threads.
 */
final class RegistryHttp implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 2_000;
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<URI> urls;
  private final @Nullable String userInfo;
  private final Duration patience;
  private final HttpClient client;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int next;

  RegistryHttp(RegistrySettings settings) {
    urls = settings.urls();
    userInfo = settings.userInfo();
    patience = settings.patience();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL);
    if (!settings.tls().isEmpty()) {
      ConfigDef known = new ConfigDef();
      SslConfigs.addClientSslSupport(known);
      try (DefaultSslEngineFactory tls = new DefaultSslEngineFactory()) {
        tls.configure(known.parse(settings.tls()));
        builder.sslContext(tls.sslContext());
      }
    }
    client = builder.build();
  }

  /**
   * What a registry answered.
   *
   * @param body missing if it is not JSON
   */
  record Answer(int status, JsonNode body) {
    boolean isGood() {
      return status == 200;
    }

    /** Whether a registry says so, and not a proxy before it or one that is in trouble. */
    boolean isFinal() {
      return isGood() ? body.isObject() : status < 500 && status != 429 && body.has("error_code");
    }

    String message() {
      String message = body.path("message").asText();
      if (message.isEmpty()) {
        return status + (isFinal() ? "" : ", which is no answer of Confluent's API");
      }
      return status + ": " + message;
    }
  }

  /** Returns the registry's URLs without passwords. */
  String name() {
    return String.join(", ", urls.stream().map(RegistryHttp::shown).toList());
  }

  static String shown(URI url) {
    String text = url.toString();
    return url.getRawUserInfo() == null ? text : text.replace(url.getRawUserInfo() + "@", "");
  }

  Answer get(String path) {
    return answer(path, HttpRequest.newBuilder().GET());
  }

  Answer post(String path, JsonNode body) {
    return answer(
        path,
        HttpRequest.newBuilder()
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .header("Content-Type", MEDIA_TYPE));
  }

  /**
   * Asks until there is an answer.
   *
   * @throws RegistryUnavailableException if there is none in time, or this was closed
   * @throws KafkaException if the registry wants other credentials
   */
  private Answer answer(String path, HttpRequest.Builder request) {
    long deadline = System.nanoTime() + patience.toNanos();
    long pauseMs = FIRST_PAUSE_MS;
    boolean told = false;
    while (true) {
      String fault;
      IOException cause = null;
      try {
        Answer answer = ask(path, request);
        requireAllowed(answer);
        if (answer.isFinal()) {
          return answer;
        }
        fault = "it says " + answer.message();
      } catch (SSLHandshakeException e) {
        throw new KafkaException(
            "no TLS with the schema registry %s (%s): check schema.registry.ssl.*"
                .formatted(name(), e.getMessage()),
            e);
      } catch (ConnectException e) {
        cause = e;
        fault = "it does not accept connections";
      } catch (IOException e) {
        cause = e;
        fault = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
      next = (next + 1) % urls.size();
      if (System.nanoTime() - deadline >= 0) {
        throw new RegistryUnavailableException(
            "the schema registry %s did not answer within %d s (default.api.timeout.ms): %s; start it, or correct schema.registry.url, its path included"
                .formatted(name(), patience.toSeconds(), fault),
            cause);
      }
      if (!told) {
        told = true;
        log.warn(
            "no answer of the schema registry {}, retrying for {} s: {}",
            name(),
            patience.toSeconds(),
            fault);
      }
      pause(pauseMs);
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  }

  private Answer ask(String path, HttpRequest.Builder request) throws IOException {
    URI url = urls.get(next);
    String base = shown(url);
    request
        .uri(URI.create((base.endsWith("/") ? base : base + "/") + path))
        .timeout(ANSWER_TIMEOUT)
        .setHeader("Accept", MEDIA_TYPE + ", application/json");
    String credentials = url.getUserInfo() == null ? userInfo : url.getUserInfo();
    if (credentials != null) {
      byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
      request.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static JsonNode json(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private void requireAllowed(Answer answer) {
    if (answer.status() == 401 || answer.status() == 403) {
      throw new KafkaException(
          "the schema registry %s does not let this program in (%s): check basic.auth.user.info and what its user may do"
              .formatted(name(), answer.message()));
    }
  }

  private void pause(long milliseconds) {
    try {
      if (closed.await(milliseconds, TimeUnit.MILLISECONDS)) {
        throw new RegistryUnavailableException(
            "stopped while waiting for the schema registry " + name(), null);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Ends all waiting. */
  @Override
  public void close() {
    closed.countDown();
  }
}
