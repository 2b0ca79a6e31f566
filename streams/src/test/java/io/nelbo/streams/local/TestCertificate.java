package io.nelbo.streams.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and a certificate of 127.0.0.1 that nobody trusts who is not told to. */
public record TestCertificate(Path keyStore, String pem) {
  public static final String PASSWORD = "store-hush-hush";

  /** Makes one in a directory. */
  public static TestCertificate in(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keyStore = directory.resolve("server.p12");
    keytool(keyStore);
    return new TestCertificate(keyStore, pem(keyStore));
  }

  private static void keytool(Path keyStore) throws IOException, InterruptedException {
    Path log = keyStore.resolveSibling("keytool.log");
    String command =
        "%s -genkeypair -alias server -keyalg EC -groupname secp256r1 -validity 30 -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1 -storetype PKCS12 -storepass %s -keystore %s"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "keytool"), PASSWORD, keyStore);
    Process keytool =
        new ProcessBuilder(command.split(" ", -1))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + Files.readString(log));
    }
  }

  private static String pem(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keyStore)) {
      store.load(file, PASSWORD.toCharArray());
    }
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(store.getCertificate("server").getEncoded()));
  }
}
