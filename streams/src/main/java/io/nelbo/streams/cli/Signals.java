package io.nelbo.streams.cli;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C (INT) and {@code kill} (TERM), handled so that a command that stops in order ends with its
 * own exit code; left alone they end the JVM with 130 or 143. A second signal does just that.
 *
 * <p>Implementation: {@code sun.misc.Signal}, by reflection, because the compiler warns of naming
 * it. Without it the JVM's own way is left.
 */
final class Signals implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Signals.class);

  private final List<AutoCloseable> handled = new ArrayList<>();

  private Signals() {}

  /** Runs an action, in a thread of its own, at the first signal. */
  static Signals handle(Runnable action) {
    Signals signals = new Signals();
    for (String name : List.of("INT", "TERM")) {
      signals.handle(name, action);
    }
    return signals;
  }

  private void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                switch (method.getName()) {
                  case "handle" -> {
                    close();
                    action.run();
                    return null;
                  }
                  case "equals" -> {
                    return arguments[0] == self;
                  }
                  case "hashCode" -> {
                    return System.identityHashCode(self);
                  }
                  default -> {
                    return "Signals." + name;
                  }
                }
              });
      Object before = signal.getMethod("handle", signal, handler).invoke(null, wanted, proxy);
      handled.add(() -> signal.getMethod("handle", signal, handler).invoke(null, wanted, before));
    } catch (ReflectiveOperationException e) {
      log.debug("signal {} is left to the JVM", name, e);
    }
  }

  /** Gives the signals back to those who had them. */
  @Override
  public synchronized void close() {
    for (AutoCloseable one : handled) {
      try {
        one.close();
      } catch (Exception e) {
        log.debug("a signal could not be given back", e);
      }
    }
    handled.clear();
  }
}
