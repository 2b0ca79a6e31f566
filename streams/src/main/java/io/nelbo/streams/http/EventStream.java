package io.nelbo.streams.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Server-sent events to browsers, {@value #MOST_CLIENTS} at most: each has a thread and a queue of
 * its own, and is dropped when it does not read; it may come again. Sending never waits.
 */
public final class EventStream implements HttpHandler {
  public static final int MOST_CLIENTS = 64;

  private final Supplier<byte[]> first;
  private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MOST_CLIENTS);

  /**
   * Creates a stream.
   *
   * @param first what a client is sent first; what it is sent later may be in that already
   */
  public EventStream(Supplier<byte[]> first) {
    this.first = first;
  }

  public int clients() {
    return clients.size();
  }

  public void send(byte[] event) {
    for (EventClient client : clients) {
      client.offer(event);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!places.tryAcquire()) {
      exchange.getResponseHeaders().set("Retry-After", "10");
      Reply.text(exchange, 503, MOST_CLIENTS + " browsers watch already: close one");
      return;
    }
    EventClient client = new EventClient();
    try {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "text/event-stream");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, 0);
      clients.add(client);
      client.write(first.get(), exchange.getResponseBody());
    } finally {
      clients.remove(client);
      places.release();
    }
  }
}
