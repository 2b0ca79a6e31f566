package io.nelbo.streams.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.nelbo.streams.config.HttpSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves metrics, health and the live page over HTTP, on threads of its own: whoever asks slowly,
 * or does not read the answer, holds up nobody else.
 */
public final class HttpService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpService.class);

  /** Beside those who watch, so many may ask at once; more are turned away. */
  private static final int THREADS_BESIDE = 32;

  private static final AtomicInteger THREAD = new AtomicInteger();

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final HttpSettings settings;
  private final Map<String, HttpHandler> routes;

  private HttpService(HttpServer server, HttpSettings settings, Map<String, HttpHandler> routes) {
    this.server = server;
    this.settings = settings;
    this.routes = Map.copyOf(routes);
    threads =
        new ThreadPoolExecutor(
            0,
            EventStream.MOST_CLIENTS + THREADS_BESIDE,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            HttpService::named);
    server.setExecutor(threads);
    boolean loopbackOnly = server.getAddress().getAddress().isLoopbackAddress();
    server.createContext("/", this::route).getFilters().add(new Guard(loopbackOnly));
  }

  private static Thread named(Runnable work) {
    Thread thread = new Thread(work, "nelbo-http-" + THREAD.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts to serve.
   *
   * @param routes what answers a request, by its path
   * @throws IOException if it cannot listen; the message says why and what to do
   */
  public static HttpService start(HttpSettings settings, Map<String, HttpHandler> routes)
      throws IOException {
    // Of the JDK's server, which reads them once: a frame goes out at once, and a request that was
    // begun and is not ended is given up.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxReqTime", "10");
    HttpService service = new HttpService(bound(settings), settings, routes);
    service.server.start();
    log.info("metrics, health and the live page at {}", service.address());
    return service;
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static HttpServer bound(HttpSettings settings) throws IOException {
    InetAddress host;
    try {
      host = InetAddress.getByName(settings.host());
    } catch (UnknownHostException e) {
      throw new IOException(
          "http.host is \"%s\": must be a name or address of this machine, and no such name is known: 127.0.0.1 serves this machine only"
              .formatted(settings.host()),
          e);
    }
    try {
      return HttpServer.create(new InetSocketAddress(host, settings.port()), 0);
    } catch (BindException e) {
      String why = String.valueOf(e.getMessage());
      throw why.contains("assign")
          ? new IOException(
              "http.host is \"%s\": must be an address of this machine, and it has no such (%s): 127.0.0.1 serves this machine only, 0.0.0.0 all networks"
                  .formatted(settings.host(), why),
              e)
          : new IOException(
              "http.port is %d: must be a port that this program may listen on at %s (%s): end what listens there, or set http.port to another, or to 0 for any that is free"
                  .formatted(settings.port(), settings.host(), why),
              e);
    }
  }

  private void route(HttpExchange exchange) {
    try (exchange) {
      HttpHandler handler = routes.get(exchange.getRequestURI().getPath());
      if (handler == null) {
        Reply.text(exchange, 404, "there is /, /metrics, /health/live and /health/ready");
      } else {
        handler.handle(exchange);
      }
    } catch (IOException e) {
      log.debug("{} went before it had its answer", exchange.getRemoteAddress(), e);
    }
  }

  /** Where a browser finds the page. */
  public URI address() {
    InetAddress host = server.getAddress().getAddress();
    String name = host.isAnyLocalAddress() ? "localhost" : settings.host();
    return URI.create(
        "http://%s:%d/"
            .formatted(
                name.contains(":") ? "[" + name + "]" : name, server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
