package io.nelbo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nelbo.streams.input.Reason;
import io.nelbo.streams.topics.HeaderNames;
import io.nelbo.streams.topics.Topics;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** docs/asyncapi.yaml names all topics, headers and schemas there are, and none that is not. */
class AsyncApiTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path AVRO = Path.of("..", "schemas", "src", "main", "avro");

  /** Of what others write, or what nobody but its writer reads. */
  private static final List<String> NOT_ON_TOPICS =
      List.of("payment.avsc", "sensorReading.avsc", "trainerState.avsc", "driftState.avsc");

  private final JsonNode document;

  AsyncApiTest() throws IOException {
    document = new YAMLMapper().readTree(DOCS.resolve("asyncapi.yaml").toFile());
  }

  @Test
  void everyTopicIsAChannelAndEveryChannelATopic() {
    assertThat(document.get("channels").findValuesAsText("address"))
        .containsExactlyInAnyOrderElementsOf(Topics.of("nelbo").all());
  }

  @Test
  void everySchemaOfATopicIsNamed() throws IOException {
    try (Stream<Path> files = Files.list(AVRO)) {
      List<String> expected =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> !NOT_ON_TOPICS.contains(f))
              .toList();

      assertThat(
              references().stream()
                  .filter(r -> r.endsWith(".avsc"))
                  .map(r -> Path.of(r).getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void everyReferenceExists() throws IOException {
    Schema.Parser parser = new Schema.Parser();
    for (String shared : List.of("source", "modelReference", "contribution")) {
      parser.parse(AVRO.resolve(shared + ".avsc").toFile());
    }
    List<String> references = references();
    assertThat(references).hasSizeGreaterThan(20);
    for (String reference : references) {
      if (reference.startsWith("#")) {
        assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      } else if (!parser.getTypes().containsKey(recordOf(reference))) {
        Schema schema = parser.parse(DOCS.resolve(reference).toFile());
        assertThat(schema.getFullName()).isEqualTo(recordOf(reference));
      }
    }
  }

  private static String recordOf(String reference) {
    String file = Path.of(reference).getFileName().toString();
    return "io.nelbo.schemas."
        + Character.toUpperCase(file.charAt(0))
        + file.substring(1, file.indexOf('.'));
  }

  @Test
  void headersAreThoseThatNelboWrites() throws IllegalAccessException {
    List<String> written = new ArrayList<>();
    for (Field name : HeaderNames.class.getFields()) {
      written.add((String) name.get(null));
    }
    List<String> told = new ArrayList<>();
    for (JsonNode message : document.at("/components/messages")) {
      message.at("/headers/properties").fieldNames().forEachRemaining(told::add);
    }

    assertThat(told.stream().filter(h -> h.startsWith("nelbo.")).distinct())
        .containsExactlyInAnyOrderElementsOf(written);
    assertThat(
            document
                .at("/components/messages/deadLetter/headers/properties")
                .get("nelbo.reason")
                .get("enum"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(Arrays.stream(Reason.values()).map(Enum::name).toList());
  }

  private List<String> references() {
    return document.findValuesAsText("$ref");
  }
}
