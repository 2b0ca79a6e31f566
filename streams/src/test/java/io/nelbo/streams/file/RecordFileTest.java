package io.nelbo.streams.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
  @TempDir private Path folder;

  @Test
  void schemaOfCsvFitsItsColumns() throws IOException {
    RecordFile file =
        csv(
            """
            flag,count,rate,kind,at,sure,empty,note
            0,3,1,red,2024-01-01 00:00:00,true,,one
            1,-4,0.5,red,2024-01-01 00:00:01,false,,two
            1,,2,blue,2024-01-01 00:00:02,true,,three
            0,5,NA,blue,2024-01-01 00:00:03,true,,four
            """);

    assertThat(type(file, "flag")).isEqualTo("\"boolean\"");
    assertThat(type(file, "count")).isEqualTo("[\"null\",\"long\"]");
    assertThat(type(file, "rate")).isEqualTo("[\"null\",\"double\"]");
    assertThat(type(file, "kind")).isEqualTo("\"string\"");
    assertThat(type(file, "at"))
        .isEqualTo("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}");
    assertThat(type(file, "sure")).isEqualTo("\"boolean\"");
    assertThat(type(file, "empty")).isEqualTo("[\"null\",\"string\"]");
    assertThat(mark(file, "kind")).isEqualTo("categorical");
    assertThat(mark(file, "note")).isNull();
    assertThat(mark(file, "empty")).isNull();
    assertThat(read(file).get(3).toString())
        .isEqualTo(
            "{\"flag\": false, \"count\": 5, \"rate\": null, \"kind\": \"blue\", \"at\":"
                + " 1704067203000, \"sure\": true, \"empty\": null, \"note\": \"four\"}");
  }

  @Test
  void lastRowMayMakeTheWholeColumnAnotherType() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int i = 0; i < 5000; i++) {
      text.append(i % 2).append(',').append(i).append(",7\n");
    }
    RecordFile file = csv(text + "2,0.5,x\n");

    assertThat(type(file, "a")).isEqualTo("\"long\"");
    assertThat(type(file, "b")).isEqualTo("\"double\"");
    assertThat(type(file, "c")).isEqualTo("\"string\"");
    assertThat(read(file)).hasSize(5001);
  }

  @Test
  void columnOfOneValueIsNoFlag() throws IOException {
    RecordFile file = csv("zeros,ones\n0,1\n0,1\n");

    assertThat(type(file, "zeros")).isEqualTo("\"long\"");
    assertThat(type(file, "ones")).isEqualTo("\"long\"");
  }

  @Test
  void quotesCommasAndLineBreaksStayInTheirCell() throws IOException {
    RecordFile file = csv("a,b\r\n\"x, \"\"y\"\"\r\nz\",1\r\n\"\",2\r\n");

    List<GenericRecord> records = read(file);

    assertThat(records.get(0).get("a")).hasToString("x, \"y\"\r\nz");
    assertThat(records.get(1).get("a")).hasToString("");
    assertThat(records).hasSize(2);
  }

  @Test
  void semicolonsAndTabsSeparateToo() throws IOException {
    assertThat(read(csv("a;b\n1,5;2\n")).get(0).get("a")).hasToString("1,5");
    assertThat(read(csv("a\tb\n1\t2\n")).get(0).get("b")).isEqualTo(2L);
  }

  @Test
  void byteOrderMarkIsNoPartOfTheFirstName() throws IOException {
    assertThat(csv("\ufeffa,b\n1,2\n").schema().getField("a")).isNotNull();
  }

  @Test
  void gzipIsKnownByItsContent() throws IOException {
    Path path = folder.resolve("plain.csv");
    Files.write(path, gzip("a,b\n1,2\n3,4\n"));

    assertThat(read(open(path))).hasSize(2);
  }

  @Test
  void namesThatAvroForbidsAreReplacedAndStillFound() throws IOException {
    RecordFile file = csv("Flow Rate,flow-rate,Flow_Rate,1st,\n1,2,3,4,5\n");

    assertThat(file.schema().getFields().stream().map(Schema.Field::name))
        .containsExactly("Flow_Rate", "flow_rate", "Flow_Rate_2", "_1st", "column_5");
    assertThat(file.field("Flow Rate").name()).isEqualTo("Flow_Rate");
    assertThat(read(file).get(0).get("_1st")).isEqualTo(4L);
    assertThat(read(file).get(0).get("Flow_Rate_2")).isEqualTo(3L);
  }

  @Test
  void labelsAndCategoriesAreMarked() throws IOException {
    RecordFile file =
        open(
            write("a,code,truth\n1,7,0\n2,8,1\n"),
            FileOptions.named("r").withLabels(List.of("truth")).withCategorical(List.of("code")));

    assertThat(mark(file, "truth")).isEqualTo("label");
    assertThat(mark(file, "code")).isEqualTo("categorical");
    assertThat(type(file, "code")).isEqualTo("\"string\"");
    assertThat(mark(file, "a")).isNull();
  }

  @Test
  void labelThatIsNoColumnIsRefusedWithTheColumnsThereAre() throws IOException {
    Path path = write("a,b\n1,2\n");

    assertThatThrownBy(() -> open(path, FileOptions.named("r").withLabels(List.of("c"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(path + ": no column c; its columns are a, b");
  }

  @Test
  void rowOfAnotherLengthNamesItsLine() throws IOException {
    Path path = write("a,b\n1,2\n\n\"x\ny\",2\n1,2,3\n");

    assertThatThrownBy(() -> open(path))
        .isInstanceOf(FileFormatException.class)
        .hasMessage(path + ", line 6: 3 values where the header names 2 columns");
  }

  @Test
  void quoteThatNeverClosesIsRefused() throws IOException {
    Path path = write("a,b\n1,\"2\n3,4\n");

    assertThatThrownBy(() -> open(path))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("not CSV: Missing closing quote");
  }

  @Test
  void valueThatDoesNotFitAForcedSchemaNamesLineColumnAndValue() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{'type':'record','name':'r','fields':[{'name':'b','type':'int'},{'name':'c','type':['null','int'],'default':null}]}"
                    .replace('\'', '"'));
    Path path = write("a,b\nx,1\ny,2.5\n");
    RecordFile file = open(path, FileOptions.named("r").withSchema(schema));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessage(path + ", line 3: column b: 2.5 is no int");
  }

  @Test
  void forcedSchemaNeedsItsColumns() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"z\",\"type\":\"int\"}]}");
    Path path = write("a,b\n1,2\n");
    RecordFile file = open(path, FileOptions.named("r").withSchema(schema));

    assertThatThrownBy(file::read).hasMessage(path + ": no column for z; its columns are a, b");
  }

  @Test
  void schemaOfNdjsonFitsItsKeys() throws IOException {
    RecordFile file =
        open(
            write(
                """
                {"id":"007","n":1,"at":{"lat":1.5},"tags":["x"],"mixed":1}

                {"id":"008","n":2.5,"at":{"lat":2,"lon":3},"tags":[],"mixed":[{}],"new":true}
                """));

    assertThat(type(file, "id")).isEqualTo("\"string\"");
    assertThat(type(file, "n")).isEqualTo("\"double\"");
    assertThat(type(file, "tags")).isEqualTo("{\"type\":\"array\",\"items\":\"string\"}");
    assertThat(type(file, "mixed")).isEqualTo("\"string\"");
    assertThat(type(file, "new")).isEqualTo("[\"null\",\"boolean\"]");
    assertThat(read(file).get(0).toString())
        .isEqualTo(
            "{\"id\": \"007\", \"n\": 1.0, \"at\": {\"lat\": 1.5, \"lon\": null}, \"tags\": [\"x\"],"
                + " \"mixed\": \"1\", \"new\": null}");
  }

  @Test
  void lineThatIsNoObjectIsNamed() throws IOException {
    Path broken = write("{\"a\":1}\n{\"a\":\n");

    assertThatThrownBy(() -> open(broken))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(broken + ", line 2: not one JSON object:");
  }

  @Test
  void avroContainerIsReadAsItIs() throws IOException {
    Schema schema = csv("a,b\n1,x\n").schema();
    GenericRecord record = new GenericData.Record(schema);
    record.put("a", 1L);
    record.put("b", "x");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, bytes);
      writer.append(record);
    }
    Path path = folder.resolve("x.avro");
    Files.write(path, bytes.toByteArray());
    Path cut = folder.resolve("cut.avro");
    Files.write(cut, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20));

    assertThat(open(path).format()).isEqualTo(FileFormat.AVRO);
    assertThat(open(path).schema()).isEqualTo(schema);
    assertThat(read(open(path))).hasToString("[{\"a\": 1, \"b\": \"x\"}]");
    assertThatThrownBy(() -> read(open(cut)))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(cut + ": cannot be read after 0 records");
  }

  @Test
  void whatIsNoFileOfRecordsIsRefusedWithAReason() throws IOException {
    Path empty = write("");
    assertThatThrownBy(() -> open(empty)).hasMessage(empty + ": is empty");
    Path array = write(" [{\"a\":1}]");
    assertThatThrownBy(() -> open(array)).hasMessageContaining("is a JSON array");
    Path zip = write("PK\u0003\u0004...");
    assertThatThrownBy(() -> open(zip)).hasMessageContaining("is a zip archive");
    Path binary = write("\u0000\u0001");
    assertThatThrownBy(() -> open(binary)).hasMessageContaining("neither CSV nor NDJSON nor");
    assertThatThrownBy(() -> open(folder)).hasMessageContaining("is a directory");
    Path cut = folder.resolve("cut.gz");
    Files.write(cut, Arrays.copyOf(gzip("a,b\n".repeat(1000)), 30));
    assertThatThrownBy(() -> open(cut)).hasMessageContaining("the gzip data are damaged or cut");
  }

  @Test
  void gzipCutInItsHeaderIsNamed() throws IOException {
    Path cut = folder.resolve("header.gz");
    Files.write(cut, Arrays.copyOf(gzip("a,b\n1,2\n"), 5));

    assertThatThrownBy(() -> open(cut))
        .hasMessageStartingWith(cut.toString())
        .hasMessageContaining("the gzip data are damaged or cut");
  }

  @Test
  void fileOfAHeaderAloneHasNoRecords() throws IOException {
    assertThat(read(csv("a,b\n"))).isEmpty();
  }

  private RecordFile csv(String text) throws IOException {
    return open(write(text));
  }

  private static RecordFile open(Path path) throws IOException {
    return open(path, FileOptions.named("r"));
  }

  private static RecordFile open(Path path, FileOptions options) throws IOException {
    return RecordFile.open(path, options);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "x", ".txt"), text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<GenericRecord> read(RecordFile file) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (RecordReader reader = file.read()) {
      for (GenericRecord record = reader.next(); record != null; record = reader.next()) {
        records.add(record);
      }
      assertThat(reader.fractionRead()).isEqualTo(1);
    }
    return records;
  }

  private static String type(RecordFile file, String field) {
    return file.field(field).schema().toString();
  }

  private static @Nullable String mark(RecordFile file, String field) {
    return file.field(field).getProp("nelbo");
  }
}
