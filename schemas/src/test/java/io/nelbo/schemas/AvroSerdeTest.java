package io.nelbo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {
  private final AvroSerde<Alert> alerts = AvroSerde.of(Alert.class);

  @Test
  void alertComesBackWithEveryBranchOfItsUnions() {
    assertThat(roundTrip(alerts, Records.alert())).isEqualTo(Records.alert());
  }

  @Test
  void alertWithoutTheOriginalRecordComesBack() {
    Alert alert = Records.alert();
    alert.setRecord(null);

    assertThat(roundTrip(alerts, alert)).isEqualTo(alert);
  }

  @Test
  void scoreComesBack() {
    assertThat(roundTrip(AvroSerde.of(Score.class), Records.score())).isEqualTo(Records.score());
  }

  @Test
  void modelComesBack() {
    assertThat(roundTrip(AvroSerde.of(Model.class), Records.model())).isEqualTo(Records.model());
  }

  @Test
  void bytesAreAvrosOwnSingleObjectEncoding() throws IOException {
    SpecificData data = SpecificData.getForClass(Alert.class);
    byte[] expected =
        new BinaryMessageEncoder<Alert>(data, Alert.getClassSchema())
            .encode(Records.alert())
            .array();

    assertThat(write(alerts, Records.alert())).isEqualTo(expected);
  }

  @Test
  void olderVersionIsReadWithTheDefaultsOfWhatItLacks() throws IOException {
    Schema older = without("record");
    byte[] bytes = rewrite(Records.alert(), older);

    Alert read = AvroSerde.of(Alert.class, older).deserializer().deserialize("alerts", bytes);

    Alert expected = Records.alert();
    expected.setRecord(null);
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void newerVersionIsReadWithoutWhatItAdds() throws IOException {
    Schema newer =
        with(new Schema.Field("shift", Schema.create(Schema.Type.STRING), null, "night"));
    byte[] bytes = rewrite(Records.alert(), newer);

    Alert read = AvroSerde.of(Alert.class, newer).deserializer().deserialize("alerts", bytes);

    assertThat(read).isEqualTo(Records.alert());
  }

  @Test
  void versionThatWasNotGivenIsNamedByItsFingerprint() throws IOException {
    byte[] bytes = rewrite(Records.alert(), without("record"));

    assertRefused(bytes, "no known version of io.nelbo.schemas.Alert");
  }

  @Test
  void nullStaysNull() {
    assertThat(alerts.serializer().serialize("alerts", null)).isNull();
    assertThat(alerts.deserializer().deserialize("alerts", null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C3", "C3010102030405060", "00000000010203040506", "garbage bytes"})
  void otherBytesAreRefused(String bytes) {
    assertRefused(bytes.getBytes(StandardCharsets.UTF_8), "C3 01");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = write(alerts, Records.alert());

    for (int length = 10; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "not a io.nelbo.schemas.Alert");
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] whole = write(alerts, Records.alert());

    assertRefused(Arrays.copyOf(whole, whole.length + 1), "bytes after its end");
  }

  @Test
  void unwritableRecordIsNamed() {
    Alert alert = new Alert();

    assertThatThrownBy(() -> write(alerts, alert))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("io.nelbo.schemas.Alert cannot be written");
  }

  @Test
  void unwritableRecordLeavesNothingInTheNext() {
    byte[] expected = write(alerts, Records.alert());
    Alert broken = Records.alert();
    broken.setReason(null);

    assertThatThrownBy(() -> write(alerts, broken)).isInstanceOf(SerializationException.class);

    assertThat(write(alerts, Records.alert())).isEqualTo(expected);
  }

  @Test
  void oneSerdeServesManyThreads() {
    boolean allEqual =
        IntStream.range(0, 2_000)
            .parallel()
            .allMatch(
                i -> {
                  Alert alert = Records.alert();
                  alert.setScore(i);
                  return roundTrip(alerts, alert).getScore() == i;
                });

    assertThat(allEqual).isTrue();
  }

  private void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> alerts.deserializer().deserialize("alerts", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(message);
  }

  private static <T extends SpecificRecordBase> byte[] write(AvroSerde<T> serde, T record) {
    return serde.serializer().serialize("topic", record);
  }

  private static <T extends SpecificRecordBase> T roundTrip(AvroSerde<T> serde, T record) {
    return serde.deserializer().deserialize("topic", write(serde, record));
  }

  private static Schema without(String field) {
    return copy(Alert.getClassSchema().getFields().stream().filter(f -> !f.name().equals(field)));
  }

  private static Schema with(Schema.Field added) {
    return copy(Stream.concat(Stream.of(added), Alert.getClassSchema().getFields().stream()));
  }

  private static Schema copy(Stream<Schema.Field> fields) {
    Schema alert = Alert.getClassSchema();
    List<Schema.Field> copies = new ArrayList<>();
    fields.forEach(f -> copies.add(new Schema.Field(f, f.schema())));
    return Schema.createRecord(alert.getName(), null, alert.getNamespace(), false, copies);
  }

  /** Writes the alert as a program with another version of the schema would. */
  private byte[] rewrite(Alert alert, Schema version) throws IOException {
    byte[] now = write(alerts, alert);
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(Alert.getClassSchema(), version)
            .read(null, DecoderFactory.get().binaryDecoder(now, 10, now.length - 10, null));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(header(version));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(version).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static byte[] header(Schema version) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x01C3)
        .putLong(SchemaNormalization.parsingFingerprint64(version))
        .array();
  }
}
