package io.nelbo.streams.app;

import com.sun.net.httpserver.HttpHandler;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.HttpSettings;
import io.nelbo.streams.config.NelboConfig;
import io.nelbo.streams.config.RunConfig;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.http.Health;
import io.nelbo.streams.http.HttpService;
import io.nelbo.streams.http.Part;
import io.nelbo.streams.live.LiveFeed;
import io.nelbo.streams.models.CurrentModel;
import io.nelbo.streams.page.LivePage;
import io.nelbo.streams.page.Watched;
import io.nelbo.streams.prometheus.Scrape;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application that is served over HTTP as well: metrics, health and the live page, from before
 * it starts, so that its start can be watched, until after it has stopped.
 */
public final class HttpApplication implements Application {
  private final Application application;
  private final HttpSettings settings;
  private final List<Part> parts;
  private final LivePage page;
  private @Nullable HttpService service;
  private boolean closed;

  private HttpApplication(Application application, HttpSettings settings, Watched watched) {
    this.application = application;
    this.settings = settings;
    parts = watched.parts();
    page = new LivePage(watched);
  }

  /** Returns a detector, served if {@code http.port} is set. */
  public static Application detector(DetectorConfig config) {
    DetectorApplication detector = new DetectorApplication(config, config.retrainMinRecords());
    HttpSettings settings = config.http();
    return settings == null
        ? detector
        : new HttpApplication(
            detector,
            settings,
            watched(
                config,
                config.alertRate(),
                List.of(detector.part()),
                detector.live(),
                detector.model()));
  }

  /** Returns a trainer, served if {@code http.port} is set. */
  public static Application trainer(TrainerConfig config) {
    TrainerApplication trainer = new TrainerApplication(config);
    HttpSettings settings = config.http();
    return settings == null
        ? trainer
        : new HttpApplication(
            trainer,
            settings,
            watched(config, config.alertRate(), List.of(trainer.part()), null, trainer.model()));
  }

  /** Returns detector and trainer, served if {@code http.port} is set. */
  public static Application run(RunConfig config) {
    HttpSettings settings = config.detector().http();
    return settings == null ? new RunApplication(config) : run(config, settings);
  }

  /** Returns detector and trainer, served. */
  public static HttpApplication run(RunConfig config, HttpSettings settings) {
    RunApplication run = new RunApplication(config);
    DetectorConfig detector = config.detector();
    return new HttpApplication(
        run,
        settings,
        watched(
            detector,
            detector.alertRate(),
            List.of(run.detector().part(), run.trainer().part()),
            run.detector().live(),
            run.detector().model()));
  }

  private static Watched watched(
      NelboConfig config,
      double alertRate,
      List<Part> parts,
      @Nullable LiveFeed live,
      CurrentModel model) {
    return new Watched(
        config.applicationId(),
        config.inputTopic(),
        alertRate,
        parts,
        live,
        model,
        config.consumerProperties(),
        config.topics().modelEvents());
  }

  @Override
  public void start() throws InterruptedException {
    serve();
    application.start();
  }

  private synchronized void serve() {
    if (closed) {
      return;
    }
    Map<String, HttpHandler> routes = new HashMap<>(page.routes());
    routes.put("/metrics", new Scrape(parts, page::clients));
    routes.put("/health/live", Health.live(parts));
    routes.put("/health/ready", Health.ready(parts));
    try {
      service = HttpService.start(settings, routes);
    } catch (IOException e) {
      throw new ApplicationException(String.valueOf(e.getMessage()), e);
    }
    page.start();
  }

  /** Where a browser finds the live page, once it is served. */
  public synchronized URI address() {
    if (service == null) {
      throw new IllegalStateException("nothing is served yet");
    }
    return service.address();
  }

  @Override
  public void awaitCaughtUp() throws InterruptedException {
    application.awaitCaughtUp();
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    application.awaitEnd();
  }

  @Override
  public void close() {
    application.close();
    synchronized (this) {
      closed = true;
      page.close();
      if (service != null) {
        service.close();
        service = null;
      }
    }
  }
}
