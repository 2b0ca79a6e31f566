package io.nelbo.streams.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A local broker that lets in by TLS and SCRAM only, with a certificate made for it, and lets
 * nobody but {@link #ADMIN} do anything that no ACL allows.
 */
public final class SecureKafka implements AutoCloseable {
  public static final String ADMIN = "admin";

  private static final String STORE_PASSWORD = "store-hush-hush";

  private final LocalBroker broker;
  private final String certificate;

  private SecureKafka(LocalBroker broker, String certificate) {
    this.broker = broker;
    this.certificate = certificate;
  }

  /** Starts a broker that knows the users, and the admin, each with {@link #passwordOf}. */
  public static SecureKafka start(Path directory, String... users)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keyStore = directory.resolve("broker.p12");
    keytool(keyStore);
    String certificate = certificate(keyStore);
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("ssl.keystore.location", keyStore.toString());
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.password", STORE_PASSWORD);
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.certificates", certificate);
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    settings.put(
        "listener.name.client.scram-sha-512.sasl.jaas.config", jaas(ADMIN, passwordOf(ADMIN)));
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // Its own controller's listener, on loopback, asks for no name.
    settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    List<String> formatting = new ArrayList<>(scram(ADMIN));
    for (String user : users) {
      formatting.addAll(scram(user));
    }
    return new SecureKafka(LocalBroker.temporary(settings, formatting), certificate);
  }

  private static void keytool(Path keyStore) throws IOException, InterruptedException {
    Path log = keyStore.resolveSibling("keytool.log");
    String command =
        "%s -genkeypair -alias broker -keyalg EC -groupname secp256r1 -validity 30 -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1 -storetype PKCS12 -storepass %s -keystore %s"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "keytool"),
                STORE_PASSWORD,
                keyStore);
    Process keytool =
        new ProcessBuilder(command.split(" ", -1))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + Files.readString(log));
    }
  }

  private static String certificate(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keyStore)) {
      store.load(file, STORE_PASSWORD.toCharArray());
    }
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(store.getCertificate("broker").getEncoded()));
  }

  private static List<String> scram(String user) {
    return List.of(
        "--add-scram",
        "SCRAM-SHA-512=[name=%s,password=%s,iterations=4096]".formatted(user, passwordOf(user)));
  }

  private static String jaas(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password);
  }

  public static String passwordOf(String user) {
    return user + "-hush-hush";
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Returns the settings of a client that logs in as a user. */
  public Map<String, String> client(String user) {
    return client(user, passwordOf(user));
  }

  public Map<String, String> client(String user, String password) {
    return Map.of(
        "bootstrap.servers",
        broker.bootstrapServers(),
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        jaas(user, password),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.certificates",
        certificate);
  }

  @Override
  public void close() throws IOException {
    broker.close();
  }
}
