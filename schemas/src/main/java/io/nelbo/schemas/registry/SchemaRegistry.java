package io.nelbo.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelbo.schemas.registry.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry that speaks Confluent's REST API: schemas by id and ids by schema, each asked
 * for once. Safe for use by several threads; {@link #close} ends whatever waits for an answer.
 *
 * <p>An id that the registry does not know is asked for again after five seconds at most often.
 */
public final class SchemaRegistry implements AutoCloseable {
  static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A stream of garbage must not fill the heap with ids that nobody knows. */
  private static final int MAX_UNKNOWN = 10_000;

  private final RegistryHttp http;
  private final RegisteredSchemas texts;
  private final SubjectNaming naming;
  private final boolean registers;
  private final LongSupplier nanoTime;
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
  private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Miss> misses = new ConcurrentHashMap<>();

  private record Subject(String name, Schema schema) {}

  private record Miss(long askedAt, String why) {}

  public SchemaRegistry(RegistrySettings settings) {
    this(settings, System::nanoTime);
  }

  SchemaRegistry(RegistrySettings settings, LongSupplier nanoTime) {
    http = new RegistryHttp(settings);
    texts = new RegisteredSchemas(http);
    naming = settings.naming();
    registers = settings.registers();
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the schema with an id, or null if the registry has none that can be read, of which
   * {@link #whyUnknown} tells more.
   *
   * @throws RegistryUnavailableException if the registry does not answer
   * @throws KafkaException if it refuses to, or is none
   */
  public @Nullable Schema find(int id) {
    Schema known = byId.get(id);
    if (known != null || id <= 0) {
      return known;
    }
    Miss miss = misses.get(id);
    if (miss != null && nanoTime.getAsLong() - miss.askedAt < RETRY_NANOS) {
      return null;
    }
    try {
      Schema found = texts.parse(texts.byId(id));
      byId.put(id, found);
      misses.remove(id);
      return found;
    } catch (UnusableSchemaException e) {
      if (misses.size() >= MAX_UNKNOWN) {
        misses.clear();
      }
      misses.put(id, new Miss(nanoTime.getAsLong(), String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** Says why {@link #find} found nothing. */
  public String whyUnknown(int id) {
    Miss miss = misses.get(id);
    return "schema id %d is of no use in the schema registry %s: %s"
        .formatted(id, http.name(), miss == null ? "no such id" : miss.why);
  }

  /**
   * Returns the id of the schema of a topic's values, registering it if it is not and may be.
   *
   * @throws RegistryUnavailableException if the registry does not answer
   * @throws KafkaException if it refuses the schema, say because it is not compatible with an
   *     earlier one of its subject
   */
  public int idOf(String topic, Schema schema) {
    Subject subject = new Subject(naming.subject(topic, schema), schema);
    Integer known = ids.get(subject);
    if (known == null) {
      known = ask(subject, topic);
      ids.put(subject, known);
      byId.putIfAbsent(known, schema);
    }
    return known;
  }

  private int ask(Subject subject, String topic) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("schema", RegisteredSchemas.plain(subject.schema).toString());
    String path = "subjects/" + URLEncoder.encode(subject.name, StandardCharsets.UTF_8);
    Answer answer = http.post(registers ? path + "/versions" : path, body);
    JsonNode id = answer.body().path("id");
    if (answer.isGood() && id.isInt() && id.intValue() > 0) {
      return id.intValue();
    }
    throw new KafkaException(
        "the schema registry %s has no id for %s under subject %s (%s): %s"
            .formatted(
                http.name(),
                subject.schema.getFullName(),
                subject.name,
                answer.message(),
                remedy(answer, topic)));
  }

  private String remedy(Answer answer, String topic) {
    if (!registers) {
      return "register it, or set auto.register.schemas=true";
    }
    return answer.status() == 409
        ? "something else was registered there before; give topic %s another name, set value.subject.name.strategy=TopicRecordNameStrategy, or set the subject's compatibility to NONE if that was meant"
            .formatted(topic)
        : "see what the registry says";
  }

  @Override
  public void close() {
    http.close();
  }
}
