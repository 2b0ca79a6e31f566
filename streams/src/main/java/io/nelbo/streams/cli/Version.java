package io.nelbo.streams.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The versions of Nelbo, as its jar says, and of the Java it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Objects.requireNonNullElse(
            Version.class.getPackage().getImplementationVersion(), "of unknown version");
    return new String[] {"nelbo " + version + " (Java " + Runtime.version() + ")"};
  }
}
