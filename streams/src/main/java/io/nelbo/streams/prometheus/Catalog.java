package io.nelbo.streams.prometheus;

import io.nelbo.schemas.Severity;
import io.nelbo.streams.input.Reason;
import io.nelbo.streams.metrics.Gauges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The metrics that Prometheus is told, of the many that Kafka's registry holds. */
final class Catalog {
  private static final Map<String, String> TASK = Map.of("nelbo-id", "task");
  private static final Map<String, String> MODEL = Map.of("nelbo-id", "model");
  private static final Map<String, String> THREAD = Map.of("thread-id", "thread");
  private static final Map<String, String> NONE = Map.of();

  private final List<Rule> rules = new ArrayList<>();

  private Catalog() {}

  /** Returns the rules by the names of Kafka's metrics. */
  static Map<String, List<Rule>> byMetric() {
    Catalog catalog = new Catalog();
    catalog.detector();
    catalog.trainer();
    catalog.models();
    catalog.kafka();
    Map<String, List<Rule>> byMetric = new HashMap<>();
    for (Rule rule : catalog.rules) {
      byMetric.computeIfAbsent(rule.metric(), metric -> new ArrayList<>()).add(rule);
    }
    return byMetric;
  }

  private void detector() {
    own("scored-total", Family.counter("nelbo_records_scored_total", "Records scored."), TASK);
    Family alerts = Family.counter("nelbo_alerts_total", "Alerts by severity.");
    for (Severity severity : Severity.values()) {
      String name = severity.name().toLowerCase(Locale.ROOT);
      own("alerts-" + name + "-total", alerts, TASK, Map.of("severity", name));
    }
    Family letters =
        Family.counter("nelbo_dead_letters_total", "Records not scored, by the reason.");
    for (Reason reason : Reason.values()) {
      String name = reason.name().toLowerCase(Locale.ROOT);
      own(
          "dead-letters-" + name.replace('_', '-') + "-total",
          letters,
          TASK,
          Map.of("reason", name));
    }
    Family scores =
        Family.gauge(
            "nelbo_score_nats", "Quantiles of the latest scores: negative ELBO, higher is worse.");
    own("score-p50", scores, TASK, Map.of("quantile", "0.5"));
    own("score-p90", scores, TASK, Map.of("quantile", "0.9"));
    own("score-p99", scores, TASK, Map.of("quantile", "0.99"));
    own(
        "sampled-total",
        Family.counter("nelbo_window_sampled_total", "Records that went to the window."),
        TASK);
    own(
        "sampling-probability",
        Family.gauge(
            "nelbo_window_sampling_probability",
            "The probability at which a scored record goes to the window."),
        TASK);
    own(
        "warm-up-records",
        Family.gauge("nelbo_warm_up_records", "Records before the first model."),
        NONE);
    own(
        "warm-up-needed",
        Family.gauge("nelbo_warm_up_records_needed", "Records that the first model takes."),
        NONE);
  }

  private void trainer() {
    Family trainings = Family.counter("nelbo_trainings_total", "Trainings by how they ended.");
    own("models-published-total", trainings, TASK, Map.of("outcome", "published"));
    own("models-vetoed-total", trainings, TASK, Map.of("outcome", "vetoed"));
    own("trainings-failed-total", trainings, TASK, Map.of("outcome", "failed"));
    own(
        "training-running",
        Family.gauge("nelbo_training_running", "1 while a model is trained, else 0."),
        TASK);
    own(
        "training-seconds-total",
        Family.counter("nelbo_training_seconds_total", "How long all trainings took."),
        TASK);
    own(
        "training-last-seconds",
        Family.gauge("nelbo_training_last_seconds", "How long the last training took."),
        TASK);
    own(
        "training-last-validation-elbo",
        Family.gauge(
            "nelbo_training_last_validation_elbo_nats",
            "The validation ELBO of the model trained last; higher is better."),
        TASK);
    own(
        "window-records",
        Family.gauge("nelbo_window_records", "Records in the trainer's window."),
        TASK);
    own(
        "window-records-skipped-total",
        Family.counter(
            "nelbo_window_records_skipped_total", "Window records not kept or not readable."),
        TASK);
    own(
        "models-proposed-total",
        Family.counter(
            "nelbo_models_proposed_total", "Models that were first compared on live records."),
        TASK);
    own(
        "models-held-total",
        Family.counter("nelbo_learning_held_total", "How often learning was held."),
        TASK);
    own(
        "models-rolled-back-total",
        Family.counter("nelbo_models_rolled_back_total", "How often a version was restored."),
        TASK);
    own(
        "calibrations-lost-total",
        Family.counter(
            "nelbo_calibrations_lost_total", "How often p-values of ordinary traffic had moved."),
        TASK);
    own(
        "counts-skipped-total",
        Family.counter("nelbo_counts_skipped_total", "Records of counts that were of no use."),
        TASK);
  }

  private void models() {
    own(
        "model-version",
        Family.gauge("nelbo_model_version", "The version in force, 0 before the first."),
        MODEL);
    own(
        "model-age-seconds",
        Family.gauge("nelbo_model_age_seconds", "How long ago the model in force was trained."),
        MODEL);
    own(
        "model-swaps-total",
        Family.counter("nelbo_model_swaps_total", "Models put in force."),
        MODEL);
    own(
        "model-refusals-total",
        Family.counter("nelbo_model_refusals_total", "Models refused; the one before stays."),
        MODEL);
  }

  private void kafka() {
    String client = "stream-metrics";
    String thread = "stream-thread-metrics";
    kafka(
        client,
        "client-state",
        Family.gauge(
            "kafka_streams_client_state",
            "0 created, 1 rebalancing, 2 running, 3 pending shutdown, 4 not running,"
                + " 5 pending error, 6 error."),
        NONE,
        1);
    kafka(
        client,
        "alive-stream-threads",
        Family.gauge("kafka_streams_alive_threads", "Stream threads that run or rebalance."),
        NONE,
        1);
    kafka(
        client,
        "failed-stream-threads",
        Family.counter("kafka_streams_failed_threads_total", "Stream threads that died."),
        NONE,
        1);
    kafka(
        thread,
        "thread-state",
        Family.gauge(
            "kafka_streams_thread_state",
            "0 created, 1 starting, 2 partitions revoked, 3 partitions assigned, 4 running,"
                + " 5 pending shutdown, 6 dead."),
        THREAD,
        1);
    kafka(
        thread,
        "process-total",
        Family.counter("kafka_streams_records_processed_total", "Records processed."),
        THREAD,
        1);
    kafka(
        thread,
        "commit-latency-avg",
        Family.gauge("kafka_streams_commit_latency_avg_seconds", "Mean time a commit takes."),
        THREAD,
        1e-3);
    kafka(
        thread,
        "blocked-time-ns-total",
        Family.counter("kafka_streams_blocked_seconds_total", "Time spent waiting for Kafka."),
        THREAD,
        1e-9);
    kafka(
        "stream-task-metrics",
        "dropped-records-total",
        Family.counter("kafka_streams_dropped_records_total", "Records that Streams dropped."),
        Map.of("task-id", "task"),
        1);
    kafka(
        "consumer-fetch-manager-metrics",
        "records-lag",
        Family.gauge("kafka_consumer_records_lag", "Records not read yet, as of the last fetch."),
        Map.of("topic", "topic", "partition", "partition"),
        1);
    kafka(
        "consumer-fetch-manager-metrics",
        "records-consumed-total",
        Family.counter("kafka_consumer_records_consumed_total", "Records read, by topic."),
        Map.of("topic", "topic"),
        1);
    kafka(
        "consumer-coordinator-metrics",
        "rebalance-total",
        Family.counter("kafka_consumer_rebalances_total", "Rebalances of the group."),
        NONE,
        1);
    kafka(
        "producer-metrics",
        "record-error-total",
        Family.counter("kafka_producer_record_errors_total", "Records that were not written."),
        NONE,
        1);
  }

  private void own(String metric, Family family, Map<String, String> tags) {
    own(metric, family, tags, Map.of());
  }

  private void own(
      String metric, Family family, Map<String, String> tags, Map<String, String> fixed) {
    rules.add(new Rule(Gauges.GROUP, metric, family, tags, fixed, 1));
  }

  private void kafka(
      String group, String metric, Family family, Map<String, String> tags, double factor) {
    rules.add(new Rule(group, metric, family, tags, Map.of(), factor));
  }
}
