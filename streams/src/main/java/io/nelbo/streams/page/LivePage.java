package io.nelbo.streams.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpHandler;
import io.nelbo.streams.http.EventStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live page. One thread of its own looks, four times a second, at what the tasks have left, and
 * hands a frame to the browsers that watch; neither the tasks nor it ever wait for a browser.
 */
public final class LivePage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LivePage.class);
  private static final long FRAME_MS = 250;

  private final History history;
  private final Frames frames;
  private final ModelEventReader modelEvents;
  private final EventStream events = new EventStream(this::state);
  private final ScheduledExecutorService publisher =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "nelbo-page");
            thread.setDaemon(true);
            return thread;
          });

  public LivePage(Watched watched) {
    history = new History(watched);
    modelEvents = new ModelEventReader(watched.consumer(), watched.modelEventsTopic());
    frames = new Frames(watched, modelEvents);
  }

  /** Returns what answers requests, by their path. */
  public Map<String, HttpHandler> routes() {
    Map<String, HttpHandler> routes = new HashMap<>(Assets.routes());
    routes.put("/events", events);
    return routes;
  }

  /** How many browsers watch. */
  public int clients() {
    return events.clients();
  }

  /** Begins to look. */
  public void start() {
    Future<?> unused =
        publisher.scheduleAtFixedRate(this::publish, FRAME_MS, FRAME_MS, TimeUnit.MILLISECONDS);
    modelEvents.start();
  }

  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, the next frame may be well
  private void publish() {
    try {
      Frame frame = frames.next(System.currentTimeMillis());
      history.add(frame);
      if (events.clients() > 0) {
        events.send(event("frame", frame.json()));
      }
    } catch (RuntimeException e) {
      log.warn("the live page lacks a frame", e);
    }
  }

  private byte[] state() {
    return event("state", history.json(System.currentTimeMillis()));
  }

  private static byte[] event(String name, ObjectNode data) {
    return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(UTF_8);
  }

  @Override
  public void close() {
    publisher.shutdownNow();
    modelEvents.close();
  }
}
