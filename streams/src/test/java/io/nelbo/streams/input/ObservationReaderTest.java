package io.nelbo.streams.input;

import static io.nelbo.streams.input.Values.bare;
import static io.nelbo.streams.input.Values.confluent;
import static io.nelbo.streams.input.Values.field;
import static io.nelbo.streams.input.Values.reading;
import static io.nelbo.streams.input.Values.record;
import static io.nelbo.streams.input.Values.schema;
import static io.nelbo.streams.input.Values.singleObject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationReaderTest {
  private static final Schema READING =
      reading(field("n", "'long'"), field("x", "'double'"), field("s", "'string'"));
  private static final Schema OTHER = reading(field("y", "'double'"));

  private final ObservationReader byFingerprint =
      new ObservationReader(onlyByFingerprint(READING, OTHER));
  private final ObservationReader withBare =
      new ObservationReader(FixedSchemas.of(List.of(READING)));

  @Test
  void singleObjectValuesAreReadEachWithItsOwnSchema() throws BadRecordException {
    Decoded first = byFingerprint.decode(singleObject(READING, record(READING, 7L, 1.5, "a")));
    Decoded second = byFingerprint.decode(singleObject(OTHER, record(OTHER, 2.5)));
    Decoded third = byFingerprint.decode(singleObject(READING, record(READING, 8L, 1.5, "a")));

    assertThat(first.record()).isEqualTo(record(READING, 7L, 1.5, "a"));
    assertThat(second.record()).isEqualTo(record(OTHER, 2.5));
    assertThat(third.record()).isEqualTo(record(READING, 8L, 1.5, "a"));
    assertThat(first.writer()).isEqualTo(READING);
    assertThat(first.fingerprint()).isEqualTo(SchemaNormalization.parsingFingerprint64(READING));
  }

  @Test
  void bareValueIsReadWithTheConfiguredSchema() throws BadRecordException {
    Decoded decoded = withBare.decode(bare(READING, record(READING, 7L, 1.5, "a")));

    assertThat(decoded.record()).isEqualTo(record(READING, 7L, 1.5, "a"));
    assertThat(decoded.fingerprint()).isEqualTo(SchemaNormalization.parsingFingerprint64(READING));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -98})
  void bareValueThatStartsAsAnotherEncodingDoesIsStillRead(long first) throws BadRecordException {
    GenericData.Record value = record(READING, first, 1.5, "abc");

    assertThat(withBare.decode(bare(READING, value)).record()).isEqualTo(value);
  }

  @Test
  void singleObjectValueIsReadThoughBareOnesAreExpected() throws BadRecordException {
    GenericData.Record value = record(READING, 7L, 1.5, "a");

    assertThat(withBare.decode(singleObject(READING, value)).record()).isEqualTo(value);
  }

  @Test
  void nullValueIsBad() {
    assertBad(byFingerprint, null, Reason.NULL_VALUE, "no value");
  }

  @Test
  void unknownFingerprintIsNamed() {
    Schema unknown = reading(field("z", "'double'"));
    byte[] value = singleObject(unknown, record(unknown, 1.0));
    String hex = "%016x".formatted(SchemaNormalization.parsingFingerprint64(unknown));

    assertBad(byFingerprint, value, Reason.UNKNOWN_SCHEMA, hex);
    assertBad(withBare, value, Reason.UNKNOWN_SCHEMA, hex);
  }

  @Test
  void confluentSchemaIdIsNamed() {
    byte[] value = confluent(4711, READING, record(READING, 7L, 1.5, "a"));

    assertBad(byFingerprint, value, Reason.UNKNOWN_SCHEMA, "schema id 4711");
    assertBad(withBare, value, Reason.UNKNOWN_SCHEMA, "schema id 4711");
  }

  @Test
  void valueThatNamesNoSchemaIsUnknown() {
    byte[] value = bare(READING, record(READING, 7L, 1.5, "a"));

    assertBad(byFingerprint, value, Reason.UNKNOWN_SCHEMA, "value.schema");
  }

  @Test
  void emptyValueIsUndecodable() {
    assertBad(withBare, new byte[0], Reason.UNDECODABLE, "Reading");
  }

  @Test
  void everyTruncationIsUndecodable() {
    byte[] whole = singleObject(READING, record(READING, 7L, 1.5, "abc"));

    for (int length = 10; length < whole.length; length++) {
      assertBad(byFingerprint, Arrays.copyOf(whole, length), Reason.UNDECODABLE, "Reading");
    }
  }

  @Test
  void bytesAfterTheEndAreUndecodable() {
    byte[] whole = singleObject(READING, record(READING, 7L, 1.5, "abc"));

    assertBad(
        byFingerprint,
        Arrays.copyOf(whole, whole.length + 1),
        Reason.UNDECODABLE,
        "bytes after its end");
  }

  @Test
  void garbageIsBadOrReadButNeverThrowsOtherwise() {
    Schema rich =
        reading(
            field("u", "['null','string',{'type':'array','items':'bytes'}]"),
            field("m", "{'type':'map','values':{'type':'enum','name':'E','symbols':['A']}}"),
            field("next", "['null','Reading']"));
    ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(rich)));
    Random random = new Random(5);
    int bad = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] value = new byte[random.nextInt(40)];
      random.nextBytes(value);
      try {
        reader.decode(value);
      } catch (BadRecordException e) {
        assertThat(e.reason()).isIn(Reason.UNDECODABLE, Reason.UNKNOWN_SCHEMA);
        bad++;
      }
    }
    assertThat(bad).isGreaterThan(15_000);
  }

  @Test
  void lyingLengthTakesNoMemory() {
    Schema text = reading(field("s", "'string'"));
    Schema list = reading(field("s", "{'type':'array','items':'long'}"));
    byte[] twoBillion = {(byte) 0xF0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 1, 1};

    for (Schema schema : List.of(text, list)) {
      assertBad(
          new ObservationReader(FixedSchemas.of(List.of(schema))),
          twoBillion,
          Reason.UNDECODABLE,
          "Reading");
    }
  }

  @Test
  void schemaThatAllowsMemoryWithoutBytesIsRefused() {
    Schema nulls = reading(field("a", "{'type':'array','items':'null'}"));
    byte[] many = {(byte) 0x80, (byte) 0x80, (byte) 0x80, 0x20, 0};

    assertBad(
        new ObservationReader(FixedSchemas.of(List.of(nulls))),
        many,
        Reason.UNDECODABLE,
        "array of items that take no bytes");
  }

  @Test
  void endlessNestingIsUndecodable() {
    Schema chain = reading(field("next", "['null','Reading']"));
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 2);

    assertBad(
        new ObservationReader(FixedSchemas.of(List.of(chain))),
        deep,
        Reason.UNDECODABLE,
        "nested too deeply");
  }

  @Test
  void recordInAUnionIsReadAsThatRecord() throws BadRecordException {
    Schema union =
        Schema.createUnion(
            schema("{'type':'record','name':'A','fields':[]}"),
            schema("{'type':'record','name':'B','fields':[{'name':'x','type':'double'}]}"));
    Schema second = union.getTypes().get(1);
    ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(union)));

    Decoded decoded = reader.decode(singleObject(union, record(second, 2.0)));

    assertThat(decoded.writer()).isEqualTo(second);
    assertThat(decoded.record()).isEqualTo(record(second, 2.0));
  }

  @Test
  void valueThatIsNoRecordHasNoFeature() {
    Schema text = Schema.create(Schema.Type.STRING);
    ObservationReader reader = new ObservationReader(FixedSchemas.of(List.of(text)));

    assertBad(reader, singleObject(text, "hello"), Reason.NO_FEATURE, "not a record but string");
  }

  @Test
  void badRecordCarriesNoStackTrace() {
    BadRecordException e =
        catchThrowableOfType(BadRecordException.class, () -> byFingerprint.decode(null));

    assertThat(e.getStackTrace()).isEmpty();
  }

  private static void assertBad(
      ObservationReader reader, byte @Nullable [] value, Reason reason, String message) {
    BadRecordException e =
        catchThrowableOfType(BadRecordException.class, () -> reader.decode(value));

    assertThat(e).hasMessageContaining(message);
    assertThat(e.reason()).isEqualTo(reason);
  }

  private static SchemaSource onlyByFingerprint(Schema... schemas) {
    Map<Long, Schema> known = new HashMap<>();
    for (Schema schema : schemas) {
      known.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }
    return known::get;
  }
}
