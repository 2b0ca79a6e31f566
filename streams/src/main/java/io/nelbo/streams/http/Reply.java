package io.nelbo.streams.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** Answers of one piece. */
public final class Reply {
  public static final String TEXT = "text/plain; charset=utf-8";
  public static final String JSON = "application/json";

  private Reply() {}

  public static void text(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, TEXT, (text + "\n").getBytes(UTF_8));
  }

  public static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
