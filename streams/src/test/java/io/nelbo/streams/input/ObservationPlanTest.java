package io.nelbo.streams.input;

import static io.nelbo.streams.input.Values.field;
import static io.nelbo.streams.input.Values.reading;
import static io.nelbo.streams.input.Values.record;
import static io.nelbo.streams.input.Values.singleObject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.feature.Observations;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationPlanTest {
  private static final Schema READING =
      reading(
          field("flow", "'double'"),
          field("count", "['null','int']"),
          field("on", "'boolean'"),
          field("mode", "['null','string']"));
  private static final Features FEATURES =
      Features.of(
          List.of(
              FeatureSpec.categorical("mode", List.of("eco", "boost"), true),
              FeatureSpec.continuous("flow", 0, 1, false),
              FeatureSpec.binary("on", false),
              FeatureSpec.continuous("count", 0, 1, true)));

  @Test
  void featuresAreFoundByName() throws BadRecordException {
    assertThat(observe(record(READING, 1.5, 3, true, "boost"), FEATURES))
        .containsExactly(2, 1.5, 1, 3);
  }

  @Test
  void missingIsNaNAndNeverSeenIsOther() throws BadRecordException {
    assertThat(observe(record(READING, 1.5, null, false, "turbo"), FEATURES))
        .containsExactly(0, 1.5, 0, Double.NaN);
    assertThat(observe(record(READING, 1.5, 1, false, null), FEATURES))
        .containsExactly(Double.NaN, 1.5, 0, 1);
  }

  @Test
  void fieldsMayBeAddedRemovedReorderedAndRetyped() throws BadRecordException {
    Schema evolved =
        reading(
            field("mode", "{'type':'enum','name':'Mode','symbols':['boost','eco']}"),
            field("extra", "'string'"),
            field("on", "'string'"),
            field("flow", "'long'"));
    GenericData.EnumSymbol eco =
        new GenericData.EnumSymbol(evolved.getField("mode").schema(), "eco");

    assertThat(observe(record(evolved, eco, "x", "yes", 4L), FEATURES))
        .containsExactly(1, 4, Double.NaN, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsBadAndNamed(double value) {
    BadRecordException e = bad(record(READING, value, 3, true, "eco"), FEATURES);

    assertThat(e.reason()).isEqualTo(Reason.NOT_FINITE);
    assertThat(e).hasMessage("field flow must be finite, was " + value);
  }

  @Test
  void floatThatIsNotFiniteIsBad() {
    Schema schema = reading(field("flow", "'float'"));

    assertThat(bad(record(schema, Float.NaN), FEATURES).reason()).isEqualTo(Reason.NOT_FINITE);
  }

  @Test
  void recordWithoutASingleFeatureIsBad() {
    Schema schema = reading(field("flow", "['null','double']"), field("other", "'double'"));

    assertThat(bad(record(schema, null, 1.0), FEATURES).reason()).isEqualTo(Reason.NO_FEATURE);
  }

  @Test
  void nestedValuesMapEntriesAndArrayElementsAreReached() throws BadRecordException {
    Schema schema =
        reading(
            field(
                "pump",
                "['null',{'type':'record','name':'Pump','fields':[{'name':'flow','type':'int'}]}]"),
            field("metrics", "{'type':'map','values':'double'}"),
            field("axes", "{'type':'array','items':'double'}"));
    Schema pump = schema.getField("pump").schema().getTypes().get(1);
    Features features =
        continuous("pump.flow", "metrics.load", "metrics.none", "axes.1", "axes.2", "axes.x");

    assertThat(
            observe(
                record(schema, record(pump, 5), Map.of("load", 0.5), List.of(1.0, 2.0)), features))
        .containsExactly(5, 0.5, Double.NaN, 2, Double.NaN, Double.NaN);
    assertThat(observe(record(schema, null, Map.of("load", 0.5), List.of()), features))
        .containsExactly(Double.NaN, 0.5, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  void codesBooleansAndBytesCanBeCategories() throws BadRecordException {
    Schema schema =
        reading(
            field("port", "['int','long']"),
            field("on", "'boolean'"),
            field("tag", "'bytes'"),
            field("text", "{'type':'string','avro.java.string':'String'}"));
    Features features =
        Features.of(
            List.of(
                FeatureSpec.categorical("port", List.of("443", "-80", "007"), false),
                FeatureSpec.categorical("on", List.of("false", "true"), false),
                FeatureSpec.categorical("tag", List.of("00ff"), false),
                FeatureSpec.categorical("text", List.of("7"), false)));

    assertThat(observe(record(schema, 443, true, bytes(0, -1), "7"), features))
        .containsExactly(1, 2, 1, 1);
    assertThat(observe(record(schema, -80L, false, bytes(1), "8"), features))
        .containsExactly(2, 1, 0, 0);
    assertThat(observe(record(schema, 7L, false, bytes(), "07"), features))
        .containsExactly(0, 1, 0, 0);
  }

  @Test
  void stringAndBytesArePromotedToOneAnotherWithTheirCategories() throws BadRecordException {
    Features features =
        Features.of(
            List.of(FeatureSpec.categorical("mode", List.of("größe", "a\tb", "4652"), true)));
    Schema string = reading(field("mode", "'string'"));
    Schema bytes = reading(field("mode", "'bytes'"));

    for (String category : List.of("größe", "a\tb", "4652", "FR")) {
      ByteBuffer promoted = ByteBuffer.wrap(category.getBytes(StandardCharsets.UTF_8));

      assertThat(observe(record(bytes, promoted), features))
          .as(category)
          .containsExactly(observe(record(string, category), features));
    }
  }

  @Test
  void windowOfStringsAndBytesHasOneCategoryForBoth() throws BadRecordException {
    Schema string = reading(field("mode", "'string'"));
    Schema bytes = reading(field("mode", "'bytes'"));
    Observations window =
        new Observations(SchemaColumns.union(List.of(string, bytes), categorical("mode")));

    for (GenericData.Record record :
        List.of(
            record(string, "eco"),
            record(bytes, ByteBuffer.wrap("eco".getBytes(StandardCharsets.UTF_8))),
            record(bytes, bytes(0, -1)))) {
      ObservationReader reader = reader(record.getSchema());
      reader.addTo(window, decode(reader, record));
    }

    assertThat(List.of(window.category(0, 0), window.category(1, 0), window.category(2, 0)))
        .containsExactly("eco", "eco", "00ff");
  }

  @Test
  void renamedFieldIsFoundByItsAlias() throws BadRecordException {
    Schema renamed =
        reading(
            "{'name':'rate','type':'double','aliases':['flow']}",
            "{'name':'number','type':['null','int'],'aliases':['count']}",
            "{'name':'running','type':'boolean','aliases':['power','on']}",
            "{'name':'setting','type':'string','aliases':['mode']}");

    assertThat(observe(record(renamed, 1.5, 3, true, "boost"), FEATURES))
        .containsExactly(2, 1.5, 1, 3);
  }

  @Test
  void fieldOfANestedRecordIsFoundThoughRecordAndFieldWereRenamed() throws BadRecordException {
    Schema renamed =
        reading(
            "{'name':'engine','aliases':['pump'],'type':{'type':'record','name':'Engine','fields':["
                + "{'name':'rate','type':'int','aliases':['flow']},{'name':'x','type':'int'}]}}",
            "{'name':'measures','aliases':['metrics'],'type':{'type':'map','values':'double'}}");
    Schema engine = renamed.getField("engine").schema();

    assertThat(
            observe(
                record(renamed, record(engine, 5, 6), Map.of("load", 0.5)),
                continuous("pump.flow", "pump.x", "metrics.load", "pump.rate", "engine.flow")))
        .containsExactly(5, 6, 0.5, Double.NaN, Double.NaN);
  }

  @Test
  void nameCountsMoreThanAliasAndOneFieldIsOneFeature() throws BadRecordException {
    Schema swapped =
        reading(
            "{'name':'a','type':'int','aliases':['b','old']}",
            "{'name':'b','type':'int','aliases':['a','old']}");

    assertThat(observe(record(swapped, 1, 2), continuous("a", "b", "old")))
        .containsExactly(1, 2, Double.NaN);
    assertThat(observe(record(swapped, 1, 2), continuous("old", "b"))).containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "0.00",
    "12.34",
    "-12.34",
    "0.01",
    "-0.01",
    "90071992547409.92",
    "90071992547409.93",
    "123456789012345678901234567890.12",
    "-92233720368547758.08"
  })
  void decimalIsTheNearestDouble(BigDecimal amount) throws BadRecordException {
    Schema schema =
        reading(field("a", "{'type':'bytes','logicalType':'decimal','precision':40,'scale':2}"));
    ByteBuffer value = ByteBuffer.wrap(amount.unscaledValue().toByteArray());

    assertThat(observe(record(schema, value), continuous("a")))
        .containsExactly(amount.doubleValue());
  }

  @Test
  void windowGetsItsOwnCodes() throws BadRecordException {
    Observations window =
        new Observations(SchemaColumns.union(List.of(READING), categorical("mode", "count")));
    ObservationReader reader = reader(READING);

    reader.addTo(window, decode(reader, record(READING, 1.5, 3, true, "boost")));
    reader.addTo(window, decode(reader, record(READING, 2.5, null, false, "eco")));
    reader.addTo(window, decode(reader, record(READING, 3.5, 4, false, "boost")));

    assertThat(window.columns())
        .extracting(Column::name)
        .containsExactly("flow", "count", "on", "mode");
    assertThat(window.size()).isEqualTo(3);
    assertThat(window.value(1, 0)).isEqualTo(2.5);
    assertThat(window.category(2, 1)).isEqualTo("4");
    assertThat(window.value(1, 1)).isNaN();
    assertThat(window.value(0, 2)).isEqualTo(1);
    assertThat(window.category(2, 3)).isEqualTo("boost");
  }

  @Test
  void badRecordLeavesTheWindowAsItWas() throws BadRecordException {
    Observations window =
        new Observations(SchemaColumns.union(List.of(READING), categorical("mode")));
    ObservationReader reader = reader(READING);
    Decoded bad = decode(reader, record(READING, Double.NaN, 1, true, "new"));

    BadRecordException e =
        catchThrowableOfType(BadRecordException.class, () -> reader.addTo(window, bad));

    assertThat(e.reason()).isEqualTo(Reason.NOT_FINITE);
    assertThat(window.size()).isZero();
    assertThat(window.code(3, "first")).isZero();
  }

  @Test
  void checkFindsWhatTheWindowWouldRefuse() throws BadRecordException {
    ObservationReader reader = reader(READING);
    Decoded good = decode(reader, record(READING, 1.0, 1, true, "eco"));
    Decoded bad = decode(reader, record(READING, Double.NaN, 1, true, "eco"));
    FeatureSelection withoutFlow = new FeatureSelection(List.of(), List.of("flow"), List.of());

    reader.check(good, FeatureSelection.all());
    reader.check(bad, withoutFlow);
    BadRecordException e =
        catchThrowableOfType(
            BadRecordException.class, () -> reader.check(bad, FeatureSelection.all()));

    assertThat(e.reason()).isEqualTo(Reason.NOT_FINITE);
  }

  @Test
  void newFeaturesAreInForceForTheNextRecord() throws BadRecordException {
    ObservationReader reader = reader(READING);
    Decoded decoded = decode(reader, record(READING, 1.5, 3, true, "boost"));
    double[] first = new double[4];
    double[] second = new double[1];

    reader.observe(decoded, FEATURES, first);
    reader.observe(decoded, continuous("count"), second);
    reader.observe(decoded, FEATURES, first);

    assertThat(first).containsExactly(2, 1.5, 1, 3);
    assertThat(second).containsExactly(3);
  }

  private static double[] observe(GenericData.Record record, Features features)
      throws BadRecordException {
    ObservationReader reader = reader(record.getSchema());
    double[] observation = new double[features.count()];
    reader.observe(decode(reader, record), features, observation);
    return observation;
  }

  private static BadRecordException bad(GenericData.Record record, Features features) {
    return catchThrowableOfType(BadRecordException.class, () -> observe(record, features));
  }

  private static ObservationReader reader(Schema schema) {
    return new ObservationReader(FixedSchemas.of(List.of(schema)));
  }

  private static Decoded decode(ObservationReader reader, GenericData.Record record)
      throws BadRecordException {
    return reader.decode(singleObject(record.getSchema(), record));
  }

  private static Features continuous(String... names) {
    return Features.of(
        List.of(names).stream().map(n -> FeatureSpec.continuous(n, 0, 1, true)).toList());
  }

  private static FeatureSelection categorical(String... names) {
    return new FeatureSelection(List.of(), List.of(), List.of(names));
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }
}
