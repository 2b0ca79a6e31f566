package io.nelbo.streams.local;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A local broker that lets in by TLS and SCRAM only, with a certificate made for it, and lets
 * nobody but {@link #ADMIN} do anything that no ACL allows.
 */
public final class SecureKafka implements AutoCloseable {
  public static final String ADMIN = "admin";

  private final LocalBroker broker;
  private final String certificate;

  private SecureKafka(LocalBroker broker, String certificate) {
    this.broker = broker;
    this.certificate = certificate;
  }

  /** Starts a broker that knows the users, and the admin, each with {@link #passwordOf}. */
  public static SecureKafka start(Path directory, String... users)
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCertificate certificate = TestCertificate.in(directory);
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("ssl.keystore.location", certificate.keyStore().toString());
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.password", TestCertificate.PASSWORD);
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.certificates", certificate.pem());
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
    return new SecureKafka(LocalBroker.temporary(settings, formatting), certificate.pem());
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
