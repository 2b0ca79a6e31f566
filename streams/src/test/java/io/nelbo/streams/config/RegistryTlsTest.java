package io.nelbo.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.local.TestCertificate;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS, reached by the settings that a user gives. */
class RegistryTlsTest {
  private static final byte[] ANSWER =
      "{\"schema\":\"\\\"long\\\"\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir private static Path folder;

  private static String certificate = "";
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    TestCertificate made = TestCertificate.in(folder);
    certificate = made.pem();
    char[] password = TestCertificate.PASSWORD.toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(made.keyStore())) {
      keys.load(file, password);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/schemas/ids/1",
        exchange -> {
          exchange.sendResponseHeaders(200, ANSWER.length);
          exchange.getResponseBody().write(ANSWER);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void certificateThatIsTrustedLetsItIn() {
    Map<String, String> trusting =
        Map.of(
            "schema.registry.ssl.truststore.type",
            "PEM",
            "schema.registry.ssl.truststore.certificates",
            certificate);
    try (SchemaRegistry registry = registry(trusting)) {
      assertThat(Objects.requireNonNull(registry.find(1)).getName()).isEqualTo("long");
    }
  }

  @Test
  void certificateThatIsNotTrustedIsToldAtOnce() {
    try (SchemaRegistry registry = registry(Map.of())) {
      assertThatThrownBy(() -> registry.find(1))
          .hasMessageContaining("no TLS with the schema registry https://127.0.0.1:")
          .hasMessageContaining("check schema.registry.ssl.*");
    }
  }

  @Test
  void settingsOfTheRegistryAreNotKafkas() {
    Map<String, String> settings = new HashMap<>();
    settings.put("schema.registry.url", "https://registry:8081");
    settings.put("schema.registry.ssl.truststore.type", "PEM");
    settings.put("basic.auth.user.info", "me:hush");

    ClientConfig config = ClientConfig.of(Settings.of(settings));

    assertThat(config.consumerProperties().keySet())
        .noneMatch(key -> key.contains("registry") || key.contains("basic.auth"));
    assertThat(KafkaSettings.unknown(settings.keySet())).isEmpty();
  }

  private static SchemaRegistry registry(Map<String, String> tls) {
    Map<String, String> settings = new HashMap<>(tls);
    settings.put("schema.registry.url", "https://127.0.0.1:" + server.getAddress().getPort());
    return Objects.requireNonNull(ClientConfig.of(Settings.of(settings)).openRegistry());
  }
}
