package io.nelbo.streams.input;

import static io.nelbo.streams.input.Values.field;
import static io.nelbo.streams.input.Values.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.FeatureKind;
import io.nelbo.schemas.Payment;
import io.nelbo.schemas.SensorReading;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaColumnsTest {
  private static final String ENUM = "{'type':'enum','name':'E','symbols':['A','B']}";
  private static final String DATE = "{'type':'int','logicalType':'date'}";
  private static final String PUMP =
      "{'type':'record','name':'Pump','fields':[{'name':'flow','type':'double'},"
          + "{'name':'on','type':['null','boolean']}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'int' | CONTINUOUS | false",
        "'long' | CONTINUOUS | false",
        "'float' | CONTINUOUS | false",
        "'double' | CONTINUOUS | false",
        "'boolean' | BINARY | false",
        "{'type':'enum','name':'E','symbols':['A']} | CATEGORICAL | false",
        "['null','double'] | CONTINUOUS | true",
        "['double','null'] | CONTINUOUS | true",
        "['double'] | CONTINUOUS | false",
        "['int','double','null','long','float'] | CONTINUOUS | true",
        "['boolean','null'] | BINARY | true",
        "['null',{'type':'enum','name':'E','symbols':['A']}] | CATEGORICAL | true",
        "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2} | CONTINUOUS | false",
        "{'type':'fixed','name':'F','size':4,'logicalType':'decimal','precision':9} | CONTINUOUS | false",
        "{'type':'long','logicalType':'never-heard-of'} | CONTINUOUS | false",
      })
  void typeIsAFeatureByItself(String type, FeatureKind kind, boolean mayBeMissing) {
    assertThat(columns(reading(field("x", type)), FeatureSelection.all()))
        .containsExactly(new Column("x", kind, mayBeMissing));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'string' | a string",
        "['null','string'] | a string",
        "{'type':'string','logicalType':'uuid'} | a string",
        "['string',{'type':'enum','name':'E','symbols':['A']}] | a string",
        "'bytes' | bytes",
        "{'type':'fixed','name':'F','size':4} | bytes",
        "{'type':'fixed','name':'F','size':12,'logicalType':'duration'} | bytes",
        "{'type':'array','items':'double'} | an array",
        "{'type':'map','values':'double'} | a map",
        "'null' | always null",
        "{'type':'int','logicalType':'date'} | a date or time",
        "{'type':'int','logicalType':'time-millis'} | a date or time",
        "{'type':'long','logicalType':'time-micros'} | a date or time",
        "{'type':'long','logicalType':'timestamp-millis'} | a date or time",
        "{'type':'long','logicalType':'timestamp-micros'} | a date or time",
        "['null',{'type':'long','logicalType':'timestamp-nanos'}] | a date or time",
        "{'type':'long','logicalType':'local-timestamp-millis'} | a date or time",
        "['int','string'] | a union of several types",
        "['double','string'] | a union of unlike types",
        "['double',{'type':'array','items':'int'}] | a union of unlike types",
        "[{'type':'record','name':'A','fields':[]},{'type':'record','name':'B','fields':[]}]"
            + " | a record within itself, or one of several",
      })
  void typeIsLeftOutUnlessListed(String type, String why) {
    SchemaColumns columns = SchemaColumns.of(reading(field("x", type)), FeatureSelection.all());

    assertThat(columns.columns()).isEmpty();
    assertThat(columns.leftOut()).isEqualTo(Map.of("x", why));
    assertThat(columns.problems()).isEmpty();
  }

  @Test
  void demoRecordsGiveTheFeaturesTheirSchemasMean() {
    assertThat(columns(SensorReading.getClassSchema(), FeatureSelection.all()))
        .extracting(Column::name)
        .containsExactly(
            "running",
            "mode",
            "speed",
            "flow",
            "pressureIn",
            "pressureOut",
            "current",
            "voltage",
            "motorTemperature",
            "waterTemperature",
            "vibration",
            "tankLevel");
    assertThat(columns(Payment.getClassSchema(), FeatureSelection.all()))
        .contains(new Column("country", FeatureKind.CATEGORICAL, false))
        .contains(new Column("distanceFromLast", FeatureKind.CONTINUOUS, true))
        .extracting(Column::name)
        .doesNotContain("card", "paidAt");
  }

  @Test
  void nestedRecordIsFlattenedAndHandsDownThatItMayBeMissing() {
    Schema schema = reading(field("pump", "['null'," + PUMP + "]"), field("x", "'double'"));

    assertThat(columns(schema, FeatureSelection.all()))
        .containsExactly(
            new Column("pump.flow", FeatureKind.CONTINUOUS, true),
            new Column("pump.on", FeatureKind.BINARY, true),
            new Column("x", FeatureKind.CONTINUOUS, false));
  }

  @Test
  void recordWithinItselfEnds() {
    Schema schema = reading(field("x", "'double'"), field("next", "['null','Reading']"));

    assertThat(columns(schema, FeatureSelection.all()))
        .extracting(Column::name)
        .containsExactly("x");
  }

  @Test
  void sameRecordTwiceIsFlattenedTwice() {
    Schema schema = reading(field("left", PUMP), field("right", "'Pump'"));

    assertThat(columns(schema, FeatureSelection.all()))
        .extracting(Column::name)
        .containsExactly("left.flow", "left.on", "right.flow", "right.on");
  }

  @Test
  void listedFieldsAreUsedAsFarAsTheyCanBe() {
    Schema schema =
        reading(
            field("code", "'int'"),
            field("word", "'string'"),
            field("flag", "'boolean'"),
            field("day", DATE),
            field("id", "{'type':'fixed','name':'F','size':4}"));

    assertThat(columns(schema, include("word", "day", "flag", "id")))
        .containsExactly(
            new Column("word", FeatureKind.CATEGORICAL, false),
            new Column("flag", FeatureKind.BINARY, false),
            new Column("day", FeatureKind.CONTINUOUS, false),
            new Column("id", FeatureKind.CATEGORICAL, false));
    assertThat(columns(schema, categorical("code", "word", "flag", "day")))
        .extracting(Column::kind)
        .containsOnly(FeatureKind.CATEGORICAL)
        .hasSize(4);
  }

  @Test
  void entriesOfMapsAndArraysAreFeaturesWhenListed() {
    Schema schema =
        reading(
            field("metrics", "{'type':'map','values':'double'}"),
            field("axes", "['null',{'type':'array','items':'float'}]"));
    SchemaColumns columns = SchemaColumns.of(schema, include("metrics.load", "axes.1"));

    assertThat(columns.columns())
        .containsExactly(
            new Column("metrics.load", FeatureKind.CONTINUOUS, true),
            new Column("axes.1", FeatureKind.CONTINUOUS, true));
    assertThat(columns.problems()).isEmpty();
  }

  @Test
  void includeAndExcludeCoverWhatIsBelowARecord() {
    Schema schema = reading(field("pump", PUMP), field("pumping", "'double'"));

    assertThat(columns(schema, include("pump")))
        .extracting(Column::name)
        .containsExactly("pump.flow", "pump.on");
    assertThat(columns(schema, exclude("pump")))
        .extracting(Column::name)
        .containsExactly("pumping");
    assertThat(columns(schema, exclude("pump.on")))
        .extracting(Column::name)
        .containsExactly("pump.flow", "pumping");
  }

  @Test
  void propertySaysWhatAFieldIs() {
    Schema schema =
        reading(
            field("id", "'long'", "ignore"),
            field("code", "'int'", "categorical"),
            field("day", DATE, "continuous"),
            field("fraud", "'boolean'", "label"),
            field("word", "'string'", "categorical"));
    SchemaColumns columns = SchemaColumns.of(schema, FeatureSelection.all());

    assertThat(columns.columns())
        .containsExactly(
            new Column("code", FeatureKind.CATEGORICAL, false),
            new Column("day", FeatureKind.CONTINUOUS, false),
            new Column("word", FeatureKind.CATEGORICAL, false));
    assertThat(columns.labels()).containsExactly("fraud");
    assertThat(columns.leftOut()).isEqualTo(Map.of("id", "marked ignore"));
  }

  @Test
  void ignoredFieldIsUsedWhenListedAndALabelIsNot() {
    Schema schema = reading(field("id", "'long'", "ignore"), field("fraud", "'boolean'", "label"));
    SchemaColumns columns = SchemaColumns.of(schema, include("id", "fraud"));

    assertThat(columns.columns()).extracting(Column::name).containsExactly("id");
    assertThat(columns.problems())
        .containsExactly("fraud is marked as a label in Reading and is never a feature");
  }

  @Test
  void propertyOfARecordHoldsForAllBelow() {
    Schema schema = reading(field("pump", PUMP, "ignore"), field("x", "'double'"));

    assertThat(columns(schema, FeatureSelection.all()))
        .extracting(Column::name)
        .containsExactly("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "missing | | | features.include names missing, which is no field of Reading",
        "list | | | features.include names list, which is an array and cannot be a feature",
        " | missing | | features.exclude names missing, which is no field of Reading",
        " | | missing | features.categorical names missing, which is no field of Reading",
        " | | x | features.categorical names x, which is a number and cannot be categorical",
        " | | pump | features.categorical names pump, which is a record: name its fields",
        "x | | e | features.categorical names e, which features.include lacks",
        "x | x | | x is both listed and in features.exclude, which wins",
        "list.a | | | features.include names list.a, which is no field of Reading",
      })
  void whatCannotBeHadIsReported(
      @Nullable String include,
      @Nullable String exclude,
      @Nullable String categorical,
      String problem) {
    Schema schema =
        reading(
            field("x", "'double'"),
            field("e", ENUM),
            field("pump", PUMP),
            field("list", "{'type':'array','items':'int'}"));
    FeatureSelection selection =
        new FeatureSelection(names(include), names(exclude), names(categorical));

    assertThat(SchemaColumns.of(schema, selection).problems()).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "'double',categorical,cannot be categorical",
    "'string',continuous,cannot be continuous",
    "'double',skip,'must be ignore, continuous, categorical or label, was skip'"
  })
  void impossiblePropertyIsReported(String type, String property, String problem) {
    Schema schema = reading(field("x", "'" + type.replace("'", "") + "'", property));

    assertThat(SchemaColumns.of(schema, FeatureSelection.all()).problems())
        .singleElement()
        .asString()
        .contains("x")
        .endsWith(problem);
  }

  @Test
  void windowOfSeveralSchemasHasAllTheirColumns() {
    Schema older =
        reading(field("gone", "'double'"), field("kept", "'int'"), field("changed", "'int'"));
    Schema newer =
        reading(field("added", "'boolean'"), field("kept", "'int'"), field("changed", "'boolean'"));

    assertThat(SchemaColumns.union(List.of(older, newer), FeatureSelection.all()))
        .containsExactlyInAnyOrder(
            new Column("gone", FeatureKind.CONTINUOUS, true),
            new Column("kept", FeatureKind.CONTINUOUS, false),
            new Column("changed", FeatureKind.BINARY, true),
            new Column("added", FeatureKind.BINARY, true));
  }

  @Test
  void renamedFieldIsOneColumnUnderTheNameThatBothSchemasKnow() {
    Schema older = reading(field("speed", "'double'"));
    Schema newer = reading("{'name':'velocity','type':'float','aliases':['speed']}");
    Column speed = new Column("speed", FeatureKind.CONTINUOUS, false);
    Column velocity = new Column("velocity", FeatureKind.CONTINUOUS, false);

    assertThat(SchemaColumns.union(List.of(older, newer), FeatureSelection.all()))
        .containsExactly(speed);
    assertThat(SchemaColumns.union(List.of(newer, older), FeatureSelection.all()))
        .containsExactly(speed);
    assertThat(SchemaColumns.union(List.of(newer), FeatureSelection.all()))
        .containsExactly(velocity);
  }

  @Test
  void columnsOfAChainOfNamesAreThoseThatRecordsAreReadBy() {
    Schema first = reading(field("a", "'double'"));
    Schema second = reading("{'name':'b','type':'double','aliases':['a']}");
    Schema third = reading("{'name':'c','type':'double','aliases':['b']}");
    Schema knowingAll = reading("{'name':'c','type':'double','aliases':['b','a']}");

    assertThat(SchemaColumns.union(List.of(first, second, third), FeatureSelection.all()))
        .containsExactly(
            new Column("a", FeatureKind.CONTINUOUS, true),
            new Column("c", FeatureKind.CONTINUOUS, true));
    assertThat(SchemaColumns.union(List.of(first, knowingAll), FeatureSelection.all()))
        .containsExactly(new Column("a", FeatureKind.CONTINUOUS, false));
  }

  @Test
  void settingsHoldForAFieldThatWasRenamed() {
    Schema renamed =
        reading(
            "{'name':'land','type':'string','aliases':['country']}",
            "{'name':'identity','type':'int','aliases':['id']}",
            "{'name':'measures','type':{'type':'map','values':'double'},'aliases':['metrics']}",
            field("x", "'int'"));

    SchemaColumns columns =
        SchemaColumns.of(
            renamed, new FeatureSelection(List.of(), List.of("id"), List.of("country")));

    assertThat(columns.problems()).isEmpty();
    assertThat(columns.columns())
        .extracting(Column::name, Column::kind)
        .containsExactly(
            tuple("land", FeatureKind.CATEGORICAL), tuple("x", FeatureKind.CONTINUOUS));
    assertThat(columns(renamed, include("metrics.load", "country")))
        .extracting(Column::name)
        .containsExactly("land", "measures.load");
  }

  @Test
  void schemaThatIsNoRecordIsRefused() {
    assertThatThrownBy(
            () -> SchemaColumns.of(Schema.create(Schema.Type.INT), FeatureSelection.all()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("records need the schema of a record, was int");
  }

  private static List<Column> columns(Schema schema, FeatureSelection selection) {
    SchemaColumns columns = SchemaColumns.of(schema, selection);
    assertThat(columns.problems()).isEmpty();
    return columns.columns();
  }

  private static List<String> names(@Nullable String name) {
    return name == null ? List.of() : List.of(name);
  }

  private static FeatureSelection include(String... names) {
    return new FeatureSelection(List.of(names), List.of(), List.of());
  }

  private static FeatureSelection exclude(String... names) {
    return new FeatureSelection(List.of(), List.of(names), List.of());
  }

  private static FeatureSelection categorical(String... names) {
    return new FeatureSelection(List.of(), List.of(), List.of(names));
  }
}
