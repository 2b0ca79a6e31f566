package io.nelbo.streams.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.nelbo.streams.http.Part;
import io.nelbo.streams.http.Reply;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Answers Prometheus: tells of each part its metrics, and of the JVM a few. */
public final class Scrape implements HttpHandler {
  private static final Map<String, List<Rule>> RULES = Catalog.byMetric();
  private static final Family INFO = Family.gauge("nelbo_info", "Always 1; what runs here.");
  private static final Family READY =
      Family.gauge("nelbo_ready", "1 if the part does its work, else 0.");
  private static final Family CLIENTS =
      Family.gauge("nelbo_page_clients", "Browsers that watch the live page.");
  private static final Family HEAP = Family.gauge("jvm_heap_used_bytes", "Heap in use.");
  private static final Family THREADS = Family.gauge("jvm_threads", "Threads.");
  private static final Family STARTED =
      Family.gauge("process_start_time_seconds", "When the JVM was started, since 1970.");
  private static final Family CPU =
      Family.counter("process_cpu_seconds_total", "CPU time of the process.");

  private final List<Part> parts;
  private final IntSupplier pageClients;

  /**
   * Creates the answer.
   *
   * @param pageClients tells how many browsers watch the live page
   */
  public Scrape(List<Part> parts, IntSupplier pageClients) {
    this.parts = List.copyOf(parts);
    this.pageClients = pageClients;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Reply.send(exchange, 200, Exposition.CONTENT_TYPE, text().getBytes(UTF_8));
  }

  String text() {
    Exposition exposition = new Exposition();
    for (Part part : parts) {
      exposition.add(READY, application(part), part.whyNotReady() == null ? 1 : 0);
      add(exposition, part);
    }
    exposition.add(CLIENTS, Map.of(), pageClients.getAsInt());
    addProcess(exposition);
    return exposition.text();
  }

  private static Map<String, String> application(Part part) {
    return Map.of("application", part.name());
  }

  private static void add(Exposition exposition, Part part) {
    PValues pValues = new PValues();
    Topics topics = Topics.in(part.metrics().keySet());
    for (Map.Entry<MetricName, ? extends Metric> entry : part.metrics().entrySet()) {
      MetricName name = entry.getKey();
      pValues.take(name, entry.getValue());
      for (Rule rule : RULES.getOrDefault(name.name(), List.of())) {
        Map<String, String> labels = rule.group().equals(name.group()) ? rule.labels(name) : null;
        if (labels != null
            && topics.isTrueName(name)
            && entry.getValue().metricValue() instanceof Number value) {
          Map<String, String> all = new HashMap<>(labels);
          all.putAll(application(part));
          exposition.add(rule.family(), all, value.doubleValue() * rule.factor());
        }
      }
    }
    pValues.addTo(exposition, part.name());
  }

  private static void addProcess(Exposition exposition) {
    String version = Scrape.class.getPackage().getImplementationVersion();
    exposition.add(INFO, Map.of("version", version == null ? "unpackaged" : version), 1);
    var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    exposition.add(HEAP, Map.of(), (double) memory.getUsed());
    exposition.add(THREADS, Map.of(), ManagementFactory.getThreadMXBean().getThreadCount());
    exposition.add(STARTED, Map.of(), ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(cpu -> exposition.add(CPU, Map.of(), cpu.toMillis() / 1000.0));
  }
}
