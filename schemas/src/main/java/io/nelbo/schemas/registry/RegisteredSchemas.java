package io.nelbo.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.schemas.registry.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Schemas as a registry holds them: JSON, with references to the schemas it uses. */
final class RegisteredSchemas {
  private static final String JAVA_STRING = "avro.java.string";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** References may go in circles, and on without end. */
  private static final int MOST_REFERENCES = 1_000;

  private final RegistryHttp http;

  RegisteredSchemas(RegistryHttp http) {
    this.http = http;
  }

  JsonNode byId(int id) throws UnusableSchemaException {
    return found(http.get("schemas/ids/" + id));
  }

  private JsonNode found(Answer answer) throws UnusableSchemaException {
    if (answer.isGood() && answer.body().path("schema").isTextual()) {
      return answer.body();
    }
    throw new UnusableSchemaException(answer.message());
  }

  /** Reads a schema and, before it, all that it refers to. */
  Schema parse(JsonNode registered) throws UnusableSchemaException {
    // Any names: the schema is someone else's, and only read.
    Schema.Parser parser =
        new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    return parse(registered, parser, new HashSet<>());
  }

  private Schema parse(JsonNode registered, Schema.Parser parser, Set<String> read)
      throws UnusableSchemaException {
    String type = registered.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnusableSchemaException("it is a schema of " + type + ", not of AVRO");
    }
    for (JsonNode reference : registered.path("references")) {
      String version =
          "subjects/%s/versions/%d"
              .formatted(
                  URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8),
                  reference.path("version").asInt());
      if (read.add(version)) {
        if (read.size() > MOST_REFERENCES) {
          throw new UnusableSchemaException("it has more than 1,000 references");
        }
        parse(found(http.get(version)), parser, read);
      }
    }
    try {
      return parser.parse(registered.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw new UnusableSchemaException("it cannot be read: " + e.getMessage());
    }
  }

  /** Returns a schema without what only Java's generated classes have in theirs. */
  static Schema plain(Schema schema) {
    try {
      JsonNode json = JSON.readTree(schema.toString());
      json.findParents(JAVA_STRING).forEach(node -> ((ObjectNode) node).remove(JAVA_STRING));
      return new Schema.Parser().parse(json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro writes schemas as JSON", e);
    }
  }
}
