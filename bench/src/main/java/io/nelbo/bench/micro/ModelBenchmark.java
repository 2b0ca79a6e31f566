package io.nelbo.bench.micro;

import io.nelbo.bench.BenchModels;
import io.nelbo.model.feature.Features;
import io.nelbo.model.score.Calibration;
import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.score.Scorer;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.streams.models.ModelRecords;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a p-value costs, and what a new model: its load from the topic's bytes, and its swap. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ModelBenchmark {
  private static final int FEATURES = 32;
  private static final int CALIBRATED = 10_000;
  private static final int SCORES = 1024;

  private final AvroSerde<Model> serde = AvroSerde.of(Model.class);
  private ModelVersion version;
  private Calibration calibration;
  private byte[] published;
  private double[] scores;
  private int next;

  @Setup
  public void prepare() {
    Features features = BenchModels.continuous(FEATURES);
    double[][] observations = BenchModels.observations(features, CALIBRATED, 2);
    version = BenchModels.version(1, BenchModels.model(features, 2, observations));
    calibration = version.model().calibration();
    published = serde.serializer().serialize("models", ModelRecords.toAvro(version));
    Scorer scorer = new Scorer(version.model());
    scores = new double[SCORES];
    for (int i = 0; i < SCORES; i++) {
      scores[i] = scorer.score(observations[i]);
    }
  }

  @Benchmark
  public double pValue() {
    return calibration.pValue(scores[next++ & (SCORES - 1)]);
  }

  /** On the thread that reads the models topic: decoding, all checks, the self-test. */
  @Benchmark
  public ModelVersion load() {
    return ModelRecords.fromAvro(serde.deserializer().deserialize("models", published));
  }

  /** On the stream thread, at the first record under the new model. */
  @Benchmark
  public Scorer swap() {
    return new Scorer(version.model());
  }
}
