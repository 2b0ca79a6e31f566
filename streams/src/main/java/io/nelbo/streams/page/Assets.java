package io.nelbo.streams.page;

import com.sun.net.httpserver.HttpHandler;
import io.nelbo.streams.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The files that the page is made of, from the program's own resources. */
final class Assets {
  private Assets() {}

  static Map<String, HttpHandler> routes() {
    return Map.of(
        "/", asset("index.html", "text/html; charset=utf-8"),
        "/page.css", asset("page.css", "text/css; charset=utf-8"),
        "/page.js", asset("page.js", "text/javascript; charset=utf-8"),
        "/plot.js", asset("plot.js", "text/javascript; charset=utf-8"),
        "/alerts.js", asset("alerts.js", "text/javascript; charset=utf-8"),
        "/format.js", asset("format.js", "text/javascript; charset=utf-8"),
        "/icon.svg", asset("icon.svg", "image/svg+xml"));
  }

  private static HttpHandler asset(String name, String type) {
    byte[] bytes = read(name);
    return exchange -> Reply.send(exchange, 200, type, bytes);
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
