package io.nelbo.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelbo.schemas.Alert;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryTest {
  private static final Schema READING =
      SchemaBuilder.record("user.Reading").fields().requiredDouble("flow").endRecord();
  private static final String GET_7 = "GET /schemas/ids/7";
  private static final String REGISTER = "POST /subjects/readings-value/versions";

  private final StubRegistry stub;
  private final AtomicLong now = new AtomicLong();
  private final SchemaRegistry registry;

  SchemaRegistryTest() throws IOException {
    stub = new StubRegistry();
    registry = registry(null, true, Duration.ofSeconds(20), stub.url());
  }

  @AfterEach
  void close() {
    registry.close();
    stub.close();
  }

  private SchemaRegistry registry(
      @Nullable String userInfo, boolean registers, Duration patience, URI... urls) {
    RegistrySettings settings =
        new RegistrySettings(
            List.of(urls), userInfo, Map.of(), SubjectNaming.TOPIC_NAME, registers, patience);
    return new SchemaRegistry(settings, now::get);
  }

  @Test
  void schemaIsAskedForOnce() {
    stub.on(GET_7, 200, registered(READING.toString()));

    assertThat(registry.find(7)).isEqualTo(READING);
    assertThat(registry.find(7)).isEqualTo(READING);
    assertThat(stub.asked).containsExactly(GET_7);
  }

  @Test
  void unknownIdIsNamedAndAskedForAgainOnlyAfterFiveSeconds() {
    assertThat(registry.find(7)).isNull();
    stub.on(GET_7, 200, registered(READING.toString()));

    now.addAndGet(SchemaRegistry.RETRY_NANOS - 1);
    assertThat(registry.find(7)).isNull();
    assertThat(registry.whyUnknown(7)).contains("schema id 7", stub.url() + "", "404: not found");
    now.addAndGet(1);
    assertThat(registry.find(7)).isEqualTo(READING);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void idThatIsNoneIsNotAskedFor(int id) {
    assertThat(registry.find(id)).isNull();
    assertThat(stub.asked).isEmpty();
  }

  @Test
  void referencesAreReadFirstAndEachOnce() {
    String site = "{'type':'record','name':'Site','fields':[{'name':'code','type':'int'}]}";
    String pump = "{'type':'record','name':'Pump','fields':[{'name':'at','type':'Site'}]}";
    String reading =
        "{'type':'record','name':'Reading','fields':["
            + "{'name':'pump','type':'Pump'},{'name':'site','type':'Site'}]}";
    stub.on("GET /subjects/site%2Fvalue/versions/3", 200, registered(site))
        .on("GET /subjects/pump-value/versions/1", 200, registered(pump, "Site site/value 3"))
        .on(GET_7, 200, registered(reading, "Pump pump-value 1", "Site site/value 3"));

    Schema found = Objects.requireNonNull(registry.find(7));

    assertThat(found.getField("pump").schema().getField("at").schema())
        .isEqualTo(found.getField("site").schema());
    assertThat(stub.asked).hasSize(3);
  }

  @Test
  void referencesInACircleEndInAReason() {
    String json = "{'type':'record','name':'A','fields':[{'name':'b','type':'B'}]}";
    stub.on("GET /subjects/a/versions/1", 200, registered(json, "B a 1"))
        .on(GET_7, 200, registered(json, "B a 1"));

    assertThat(registry.find(7)).isNull();
    assertThat(registry.whyUnknown(7)).contains("cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'schema':'{}','schemaType':'JSON'} | it is a schema of JSON, not of AVRO",
        "{'schema':'no schema'} | it cannot be read"
      })
  void schemaThatIsNoneOfAvroIsNamed(String answer, String why) {
    stub.on(GET_7, 200, answer.replace('\'', '"'));

    assertThat(registry.find(7)).isNull();
    assertThat(registry.whyUnknown(7)).contains(why);
  }

  @ParameterizedTest
  @CsvSource({"503,''", "429,'{\"error_code\":42901}'", "404,<html>", "200,<html>", "502,{}"})
  void whatIsNoAnswerOfARegistryIsAskedForAgain(int status, String body) {
    stub.on(GET_7, status, body).on(GET_7, 200, registered(READING.toString()));

    assertThat(registry.find(7)).isEqualTo(READING);
    assertThat(stub.asked).hasSize(2);
  }

  @Test
  void nextUrlIsAskedWhereOneIsAway() {
    stub.on(GET_7, 200, registered(READING.toString()));
    try (SchemaRegistry two =
        registry(
            null, true, Duration.ofSeconds(20), URI.create("http://127.0.0.1:1"), stub.url())) {
      assertThat(two.find(7)).isEqualTo(READING);
    }
  }

  @Test
  void registryThatStaysAwayIsSaidToBeSoAndMayBeTriedAgain() {
    try (SchemaRegistry away =
        registry(null, true, Duration.ofMillis(250), URI.create("http://me:hush@127.0.0.1:1"))) {
      assertThatThrownBy(() -> away.find(7))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("the schema registry http://127.0.0.1:1 did not answer within 0 s")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void closingEndsTheWait() throws Exception {
    stub.on(GET_7, 503, "");
    CompletableFuture<Throwable> waiting =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> registry.find(7)));

    registry.close();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).hasMessageContaining("stopped while waiting");
  }

  @Test
  void credentialsAreSentAndThoseOfTheUrlWin() {
    stub.on(GET_7, 200, registered(READING.toString()));
    URI own = URI.create(stub.url().toString().replace("//", "//you:y%20z@"));
    try (SchemaRegistry one = registry("me:hush", true, Duration.ZERO, stub.url());
        SchemaRegistry two = registry("me:hush", true, Duration.ZERO, own)) {
      one.find(7);
      two.find(7);
    }

    assertThat(stub.credentials).containsExactly("Basic bWU6aHVzaA==", "Basic eW91Onkgeg==");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void wrongCredentialsAreToldAtOnceAndNotShown(int status) {
    stub.on(GET_7, status, "");
    try (SchemaRegistry locked = registry("me:hush", true, Duration.ofSeconds(20), stub.url())) {
      assertThatThrownBy(() -> locked.find(7))
          .isInstanceOf(KafkaException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("check basic.auth.user.info")
          .hasMessageNotContaining("hush");
    }
    assertThat(stub.asked).hasSize(1);
  }

  @Test
  void schemaIsRegisteredOnceUnderItsSubjectAndThenKnownById() {
    stub.on(REGISTER, 200, "{\"id\":12}");

    assertThat(registry.idOf("readings", READING)).isEqualTo(12);
    assertThat(registry.idOf("readings", READING)).isEqualTo(12);
    assertThat(registry.find(12)).isEqualTo(READING);
    assertThat(stub.asked).containsExactly(REGISTER);
  }

  @Test
  void whatIsRegisteredHasNothingOfJavaInIt() {
    stub.on("POST /subjects/alerts-value/versions", 200, "{\"id\":12}");

    registry.idOf("alerts", Alert.getClassSchema());

    assertThat(Alert.getClassSchema().toString()).contains("avro.java.string");
    assertThat(stub.bodies.get(0)).contains("Severity").doesNotContain("avro.java.string");
  }

  @Test
  void incompatibleSchemaIsRefusedWithSubjectReasonAndRemedy() {
    stub.on(REGISTER, 409, "{\"error_code\":409,\"message\":\"incompatible: flow is gone\"}");

    assertThatThrownBy(() -> registry.idOf("readings", READING))
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("no id for user.Reading under subject readings-value")
        .hasMessageContaining("409: incompatible: flow is gone")
        .hasMessageContaining("give topic readings another name");
  }

  @Test
  void schemaIsOnlyLookedUpWhereItMayNotBeRegistered() {
    stub.on("POST /subjects/readings-value", 200, "{\"id\":3,\"version\":1}");
    try (SchemaRegistry readOnly = registry(null, false, Duration.ZERO, stub.url())) {
      assertThat(readOnly.idOf("readings", READING)).isEqualTo(3);
      assertThatThrownBy(() -> readOnly.idOf("others", READING))
          .hasMessageContaining("register it, or set auto.register.schemas=true");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TopicNameStrategy,alerts-value",
    "RecordNameStrategy,user.Reading",
    "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy,alerts-user.Reading"
  })
  void subjectIsAsConfluentNamesIt(String strategy, String subject) {
    assertThat(SubjectNaming.of(strategy).subject("alerts", READING)).isEqualTo(subject);
  }

  @Test
  void settingsAreShownWithoutSecrets() {
    RegistrySettings settings = RegistrySettings.of("http://me:hush@registry:8081/apis/v7");

    assertThat(settings.toString()).isEqualTo("RegistrySettings[[http://registry:8081/apis/v7]]");
  }

  /** References are "NAME SUBJECT VERSION". */
  private static String registered(String schema, String... references) {
    var json = JsonNodeFactory.instance.objectNode().put("schema", schema.replace('\'', '"'));
    var list = json.putArray("references");
    for (String reference : references) {
      String[] parts = reference.split(" ", -1);
      list.addObject()
          .put("name", parts[0])
          .put("subject", parts[1])
          .put("version", Integer.parseInt(parts[2]));
    }
    return json.toString();
  }
}
