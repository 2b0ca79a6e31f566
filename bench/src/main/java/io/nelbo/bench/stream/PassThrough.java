package io.nelbo.bench.stream;

import io.nelbo.model.feature.Features;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.ObservationReader;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Topologies that write every record on as it is. */
final class PassThrough {
  private PassThrough() {}

  static Topology build(Variant variant, DetectorConfig config, String output, Features features) {
    Supplier<Processor<byte[], byte[], byte[], byte[]>> processor =
        variant == Variant.DECODE ? () -> new Decoding(config, features) : Bare::new;
    Topology topology = new Topology();
    topology
        .addSource(
            "records",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            config.inputTopic())
        .addProcessor("pass", processor::get, "records")
        .addSink("out", output, new ByteArraySerializer(), new ByteArraySerializer(), "pass");
    return topology;
  }

  private static final class Bare extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> record) {
      context().forward(record);
    }
  }

  private static final class Decoding extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final Features features;
    private final double[] observation;
    private final ObservationReader reader;

    Decoding(DetectorConfig config, Features features) {
      this.features = features;
      observation = new double[features.count()];
      reader = new ObservationReader(FixedSchemas.read(config.valueSchemas()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      try {
        reader.observe(record.value(), features, observation);
      } catch (BadRecordException e) {
        throw new IllegalStateException("a record of this benchmark cannot be read", e);
      }
      context().forward(record);
    }
  }
}
