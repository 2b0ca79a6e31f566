package io.nelbo.bench;

import java.lang.module.ModuleFinder;
import java.util.List;

/**
 * The Vector API, an incubator module: with it the faster kernel is chosen, without it the other.
 */
public final class VectorApi {
  private static final String MODULE = "jdk.incubator.vector";

  private VectorApi() {}

  /** Whether this JDK has it. */
  public static boolean isPresent() {
    return ModuleFinder.ofSystem().find(MODULE).isPresent();
  }

  /** What a JVM is started with to have it, as the launcher does; nothing where there is none. */
  public static List<String> options() {
    return isPresent()
        ? List.of(
            "--add-modules",
            MODULE,
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=CompileThresholdScaling,io.nelbo.model.vae.Vector*::*,0.1",
            "-XX:CompileCommand=dontinline,io.nelbo.model.vae.VectorFunctions::*")
        : List.of();
  }
}
