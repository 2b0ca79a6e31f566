package io.nelbo.bench.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH benchmarks, each in a JVM of its own, with the profiler that counts bytes allocated. */
final class Jmh {
  private static final int WARMUPS = 5;
  private static final int ITERATIONS = 50;
  private static final int ITERATION_MILLIS = 100;

  private final List<String> jvm = new ArrayList<>(List.of("-Xms1g", "-Xmx1g"));

  Jmh(List<String> options) {
    jvm.addAll(options);
  }

  /**
   * Runs the benchmarks whose names match.
   *
   * @param parameters a name and its values, again and again; none runs the benchmark's own
   */
  Collection<RunResult> run(String pattern, String... parameters) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(pattern)
            .forks(1)
            .warmupIterations(WARMUPS)
            .measurementIterations(ITERATIONS)
            .warmupTime(TimeValue.seconds(1))
            .measurementTime(TimeValue.milliseconds(ITERATION_MILLIS))
            .timeUnit(TimeUnit.NANOSECONDS)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .jvmArgs(jvm.toArray(String[]::new)); // and none of this JVM's
    for (int i = 0; i < parameters.length; i += 2) {
      options.param(parameters[i], parameters[i + 1].split(",", -1));
    }
    return new Runner(options.build()).run();
  }

  static double nanos(RunResult result) {
    return result.getPrimaryResult().getScore();
  }

  /** Those of the fastest iteration. */
  static double leastNanos(RunResult result) {
    return result.getPrimaryResult().getStatistics().getMin();
  }

  static double bytes(RunResult result) {
    return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
        .getScore();
  }

  /** The benchmark's method and parameters. */
  static String name(RunResult result) {
    StringBuilder name = new StringBuilder(method(result));
    result
        .getParams()
        .getParamsKeys()
        .forEach(key -> name.append(' ').append(key).append('=').append(parameter(result, key)));
    return name.toString();
  }

  static String method(RunResult result) {
    String label = result.getParams().getBenchmark();
    return label.substring(label.lastIndexOf('.') + 1);
  }

  static String parameter(RunResult result, String key) {
    return result.getParams().getParam(key);
  }
}
