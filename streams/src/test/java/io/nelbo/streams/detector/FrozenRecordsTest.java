package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.DriftState;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ShadowCounts;
import io.nelbo.schemas.TrainerState;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.TestModels;
import io.nelbo.streams.models.ModelRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen models still come in force; with {@code -Dnelbo.freeze=true} new versions are frozen. */
class FrozenRecordsTest {
  private static final Path RESOURCES = Path.of("..", "schemas", "src");
  private static final Path BYTES = RESOURCES.resolve(Path.of("test", "resources", "frozen"));
  private static final Path SCHEMAS =
      RESOURCES.resolve(Path.of("main", "resources", "io", "nelbo", "schemas", "frozen"));

  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(BYTES)) {
      return files.filter(f -> f.getFileName().toString().startsWith("Model-")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelOfAnEarlierNelboComesInForceAndScoresItsSelfTest(Path frozen) throws IOException {
    try (DetectorDriver detector = new DetectorDriver(Map.of())) {
      detector.publish(Files.readAllBytes(frozen));

      assertThat(detector.model.refusals()).isZero();
      assertThat(detector.model.version()).isPositive();
    }
  }

  @BeforeAll
  static void freezeWhatChangedIfAsked() throws IOException {
    if (!Boolean.getBoolean("nelbo.freeze")) {
      return;
    }
    try (DetectorDriver detector = new DetectorDriver(Map.of())) {
      detector.publish(Pumps.version(1));
      detector.pipe(Pumps.outlier());
      freeze(AvroSerde.of(Alert.class), detector.alerts.readValue());
      freeze(AvroSerde.of(Score.class), detector.scores.readValue());
    }
    freeze(AvroSerde.of(Model.class), ModelRecords.toAvro(TestModels.ensemble(7)));
    for (var type :
        List.of(
            ModelEvent.class,
            ModelCommand.class,
            IntervalCounts.class,
            TrainerState.class,
            DriftState.class,
            ShadowCounts.class)) {
      freezeAny(type);
    }
  }

  private static <T extends SpecificRecordBase> void freezeAny(Class<T> type) throws IOException {
    AvroSerde<T> serde = AvroSerde.of(type);
    Object any = new RandomData(GenericData.get(), serde.schema(), 1, 7, true).iterator().next();
    byte[] bytes =
        new BinaryMessageEncoder<>(GenericData.get(), serde.schema()).encode(any).array();
    freeze(serde, serde.deserializer().deserialize("topic", bytes));
  }

  private static <T extends SpecificRecordBase> void freeze(AvroSerde<T> serde, T record)
      throws IOException {
    String name = serde.schema().getName();
    int version = 1;
    while (Files.exists(file(name, version))) {
      if (new Schema.Parser().parse(file(name, version).toFile()).equals(serde.schema())) {
        return;
      }
      version++;
    }
    Files.createDirectories(SCHEMAS);
    Files.writeString(
        file(name, version),
        new ObjectMapper().readTree(serde.schema().toString()).toPrettyString() + "\n");
    Files.write(
        BYTES.resolve(name + "-" + version + ".bin"),
        serde.serializer().serialize("topic", record));
  }

  private static Path file(String name, int version) {
    return SCHEMAS.resolve(name + "-" + version + ".avsc");
  }
}
