package io.nelbo.streams.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JointSchemaTest {
  @TempDir private Path folder;

  @Test
  void recordsOfBothFilesFitTheWiderTypes() throws IOException {
    Path first =
        Files.writeString(folder.resolve("a.csv"), "flag,count,mode,y\n0,0,x,0\n1,1,x,1\n");
    Path second =
        Files.writeString(folder.resolve("b.csv"), "y,flag,count,mode\n1,2,0.5,7\n0,0,,7\n");

    List<RecordFile> files =
        RecordFile.together(
            List.of(
                RecordFile.open(first, FileOptions.named("a").withLabels(List.of("y"))),
                RecordFile.open(second, FileOptions.named("b").withLabels(List.of("y")))));

    Schema schema = files.get(0).schema();
    assertThat(files.get(1).schema()).isSameAs(schema);
    assertThat(type(schema, "flag")).isEqualTo("\"long\"");
    assertThat(type(schema, "count")).isEqualTo("[\"null\",\"double\"]");
    assertThat(type(schema, "mode")).isEqualTo("\"string\"");
    assertThat(schema.getField("mode").getProp("nelbo")).isEqualTo("categorical");
    assertThat(schema.getField("y").getProp("nelbo")).isEqualTo("label");
    assertThat(first(files.get(0)).toString())
        .isEqualTo("{\"flag\": 0, \"count\": 0.0, \"mode\": \"x\", \"y\": false}");
    assertThat(first(files.get(1)).toString())
        .isEqualTo("{\"flag\": 2, \"count\": 0.5, \"mode\": \"7\", \"y\": true}");
  }

  @Test
  void typesWithNothingInCommonAreRefused() {
    Schema number = SchemaBuilder.record("r").fields().requiredLong("x").endRecord();
    Schema list =
        SchemaBuilder.record("r")
            .fields()
            .name("x")
            .type()
            .array()
            .items()
            .longType()
            .noDefault()
            .endRecord();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> JointSchema.of(List.of(number, list)))
        .withMessageStartingWith("column x is \"long\" in one file and {");
  }

  private static String type(Schema schema, String field) {
    return schema.getField(field).schema().toString();
  }

  private static GenericRecord first(RecordFile file) throws IOException {
    try (RecordReader reader = file.read()) {
      return Objects.requireNonNull(reader.next());
    }
  }
}
