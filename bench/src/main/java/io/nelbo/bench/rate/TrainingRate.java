package io.nelbo.bench.rate;

import ai.djl.Device;
import io.nelbo.bench.BenchModels;
import io.nelbo.bench.Report;
import io.nelbo.bench.Statistics;
import io.nelbo.bench.Work;
import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import io.nelbo.model.train.DeviceChoice;
import io.nelbo.model.train.Trained;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.model.train.VaeTrainer;
import io.nelbo.model.vae.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures training against the matrix products that the same engine does in the same run. */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    description =
        "Rows per second of the default training on a window, beside the engine's own "
            + "peak of matrix products (1024 x 1024, the same threads); and the seconds of "
            + "the whole training.")
public final class TrainingRate implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one JSON object.")
  private boolean json;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--rows", defaultValue = "100000", description = "Rows (${DEFAULT-VALUE}).")
  private int rows;

  @Option(names = "--columns", defaultValue = "30", description = "Columns (${DEFAULT-VALUE}).")
  private int columns;

  @Option(names = "--device", defaultValue = "CPU", description = "CPU or GPU (${DEFAULT-VALUE}).")
  private DeviceChoice device;

  @Override
  public Integer call() throws Exception {
    Report report = new Report(spec.commandLine().getOut(), json);
    TrainingConfig config = TrainingConfig.defaults().withDevice(device);
    Observations window = window();
    double work = Work.training(Shape.of(BenchModels.continuous(columns)));
    List<Double> rates = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    VaeTrainer.train(window, Instant.EPOCH, Instant.EPOCH, config.withSteps(50), (s, n, l) -> true);
    try (MatrixPeak matrices =
        new MatrixPeak(device == DeviceChoice.GPU ? Device.gpu() : Device.cpu())) {
      for (int round = 0; round < rounds; round++) {
        double peak = matrices.gigaflops();
        Steps steps = new Steps(config.batchSize());
        Trained trained = VaeTrainer.train(window, Instant.EPOCH, Instant.EPOCH, config, steps);
        peak = Math.max(peak, matrices.gigaflops());
        double share = steps.rowsPerSecond() * work / 1e9 / peak;
        report.line(
            "%d %8.0f rows/s, %.1f GFLOP/s of %.1f, %.1f %%; all of it in %.2f s on %s"
                .formatted(
                    round + 1,
                    steps.rowsPerSecond(),
                    steps.rowsPerSecond() * work / 1e9,
                    peak,
                    100 * share,
                    trained.report().seconds(),
                    trained.report().device()));
        rates.add(steps.rowsPerSecond());
        shares.add(share);
        seconds.add(trained.report().seconds());
      }
    }
    report.put("batch", config.batchSize());
    report.put("rowsPerSecond", Statistics.median(rates, Double::doubleValue));
    report.put("peakShare", Statistics.median(shares, Double::doubleValue));
    report.put("seconds", Statistics.median(seconds, Double::doubleValue));
    report.line(
        "%d x %d, batch %d, median of %d: %.0f rows/s, %.1f %% of the peak, %.2f s in all"
            .formatted(
                rows,
                columns,
                config.batchSize(),
                rounds,
                Statistics.median(rates, Double::doubleValue),
                100 * Statistics.median(shares, Double::doubleValue),
                Statistics.median(seconds, Double::doubleValue)));
    report.end();
    return 0;
  }

  private Observations window() {
    Features features = BenchModels.continuous(columns);
    Observations window =
        new Observations(
            features.specs().stream()
                .map(s -> new Column(s.name(), FeatureKind.CONTINUOUS, false))
                .toList());
    for (double[] row : BenchModels.observations(features, rows, 4)) {
      window.add(row);
    }
    return window;
  }

  /** The rate between the first report of progress and the last. */
  private static final class Steps implements TrainingListener {
    private final int batch;
    private int firstStep;
    private long firstNanos;
    private int lastStep;
    private long lastNanos;

    Steps(int batch) {
      this.batch = batch;
    }

    @Override
    public boolean onProgress(int step, int steps, double loss) {
      lastStep = step;
      lastNanos = System.nanoTime();
      if (firstStep == 0) {
        firstStep = step;
        firstNanos = lastNanos;
      }
      return true;
    }

    double rowsPerSecond() {
      return (double) batch * (lastStep - firstStep) / (lastNanos - firstNanos) * 1e9;
    }
  }
}
