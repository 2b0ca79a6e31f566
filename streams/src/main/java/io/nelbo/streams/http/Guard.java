package io.nelbo.streams.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every request: it only reads; nobody but this server's page may use the answer in
 * a browser; and where only this machine is served, it must be asked for by a name of this machine.
 * The last keeps a page of somewhere else, whose name is made to point here, from reading along.
 */
final class Guard extends Filter {
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final boolean loopbackOnly;

  Guard(boolean loopbackOnly) {
    this.loopbackOnly = loopbackOnly;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (!READING.contains(exchange.getRequestMethod())) {
      headers.set("Allow", "GET, HEAD");
      Reply.text(exchange, 405, "only GET and HEAD are served here");
    } else if (loopbackOnly && !isLoopback(host)) {
      Reply.text(exchange, 421, "this serves its own machine only: ask for 127.0.0.1");
    } else {
      chain.doFilter(exchange);
    }
  }

  static boolean isLoopback(@Nullable String host) {
    return host == null || LOOPBACK.contains(host.replaceFirst(":\\d+$", ""));
  }

  @Override
  public String description() {
    return "reading only, for this server's page only";
  }
}
