package io.nelbo.streams.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program starts, and the only place where it exits. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    System.exit(run(out, err, args));
  }

  /** Runs a command within this JVM and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    int exitCode = Nelbo.commandLine().setOut(out).setErr(err).execute(args);
    out.flush();
    err.flush();
    return exitCode;
  }

  /** UTF-8 whatever the platform's own: what JSON is in, and what a reason needs. */
  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }
}
