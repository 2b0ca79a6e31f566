package io.nelbo.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.schemas.registry.RegistrySettings;
import io.nelbo.schemas.registry.SubjectNaming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;

/**
 * One real schema registry for all integration tests of a JVM: Apicurio, in memory, in a process of
 * its own, spoken to through Confluent's API. The build unpacks it.
 */
public final class TestRegistry {
  private static final Path HOME = Path.of("target", "registry");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private TestRegistry() {}

  /** Returns the address of its API; the first call starts it. */
  public static String url() {
    return Started.URL;
  }

  /** Registers a schema as it is written, with references, and returns its id. */
  public static int register(String subject, String schema, Map<String, String> references) {
    ObjectNode body = JSON.createObjectNode().put("schema", schema);
    references.forEach(
        (name, referred) ->
            body.withArray("references")
                .addObject()
                .put("name", name)
                .put("subject", referred)
                .put("version", 1));
    return post("POST", "/subjects/" + subject + "/versions", body).get("id").asInt();
  }

  /** Has the registry accept no schema of a subject that readers of the one before cannot read. */
  public static void requireCompatibility(String subject) {
    ObjectNode body = JSON.createObjectNode().put("compatibility", "BACKWARD");
    JsonNode unused = post("PUT", "/config/" + subject, body);
  }

  /** Returns the schema that the registry itself gives for a value in Confluent's wire format. */
  public static Schema schemaOf(byte[] value) {
    int id = java.nio.ByteBuffer.wrap(value).getInt(1);
    JsonNode answer =
        send(HttpRequest.newBuilder(URI.create(url() + "/schemas/ids/" + id)).build());
    return new Schema.Parser().parse(answer.get("schema").asText());
  }

  private static JsonNode post(String method, String path, ObjectNode body) {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private static JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(request + ": " + response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Returns the settings of a registry that is not there. */
  public static RegistrySettings away(Duration patience) {
    return new RegistrySettings(
        List.of(URI.create("http://127.0.0.1:1")),
        null,
        Map.of(),
        SubjectNaming.TOPIC_NAME,
        true,
        patience);
  }

  /** Started on first use; ends with the JVM. */
  private static final class Started {
    static final String URL = start();

    private static String start() {
      int port = Ports.free();
      int management = Ports.free();
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              HOME + "/*:" + HOME + "/lib/*",
              "io.quarkus.runner.GeneratedMain");
      builder
          .environment()
          .putAll(
              Map.of(
                  "QUARKUS_HTTP_HOST",
                  "127.0.0.1",
                  "QUARKUS_HTTP_PORT",
                  Integer.toString(port),
                  "QUARKUS_MANAGEMENT_HOST",
                  "127.0.0.1",
                  "QUARKUS_MANAGEMENT_PORT",
                  Integer.toString(management)));
      // Tests log to the console; what the registry says is kept beside it.
      builder.redirectErrorStream(true).redirectOutput(HOME.resolve("registry.log").toFile());
      try {
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        String url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
        HttpRequest subjects = HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
        Awaitility.await("the registry, see " + HOME.resolve("registry.log"))
            .pollInSameThread() // which is initialising this class
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(250))
            .ignoreExceptionsInstanceOf(IOException.class)
            .failFast("it ended", () -> !process.isAlive())
            .until(
                () ->
                    CLIENT.send(subjects, HttpResponse.BodyHandlers.discarding()).statusCode()
                        == 200);
        return url;
      } catch (IOException e) {
        throw new UncheckedIOException("no registry for the integration tests", e);
      }
    }
  }
}
