package io.nelbo.streams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.streams.OperationsPage;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.Settings;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.local.SecureKafka;
import io.nelbo.streams.topics.TopicException;
import io.nelbo.streams.topics.TopicSetup;
import io.nelbo.streams.trainer.TrainerTopology;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands against a broker with TLS, SCRAM and ACLs: those of docs/operations.md, word for word,
 * are enough, and each of them is needed.
 */
@Timeout(300)
class LeastPrivilegeIT {
  private static final String DETECTOR = "nelbo-detector";
  private static final String TRAINER = "nelbo-trainer";
  private static final String READER = "nelbo-reader";
  private static final Path ALERT =
      Path.of("..", "schemas", "src", "test", "resources", "frozen", "Alert-1.bin");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static SecureKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void startBroker() throws Exception {
    kafka = SecureKafka.start(folder, DETECTOR, TRAINER, READER);
    admin = admin(SecureKafka.ADMIN);
  }

  @AfterAll
  static void stopBroker() throws IOException {
    admin.close();
    kafka.close();
  }

  @Test
  void documentedAclsAreEnoughWithTheDocumentedTopics() throws Exception {
    String id = "exact";
    createInput(id);
    get(admin.createTopics(OperationsPage.topics(id)).all());
    allow(OperationsPage.acls(id, id + "-input"), acl -> !isCreate(acl));
    produce(id + "-input", 150, Pumps.normal(), id);

    Run collecting = run("detect", DETECTOR, id, "--until-caught-up");
    Run training = run("train", TRAINER, id, "--until-caught-up");
    produce(id + "-input", 1, Pumps.outlier(), id);
    Run scoring = run("detect", DETECTOR, id, "--until-caught-up");
    Run alerts = run("alerts", READER, id, "--json");

    assertThat(collecting.exitCode()).as(collecting.err()).isZero();
    assertThat(training.exitCode()).as(training.err()).isZero();
    assertThat(scoring.exitCode()).as(scoring.err()).isZero();
    assertThat(alerts.exitCode()).as(alerts.err()).isZero();
    assertThat(alerts.outLines()).hasSize(1);
    assertThat(Json.parse(alerts.out()).get("record").get("value").get("vibration").asDouble())
        .isEqualTo(9.1);
  }

  @Test
  void topicsAreCreatedWhereThatIsAllowed() throws Exception {
    String id = "creating";
    createInput(id);
    allow(OperationsPage.acls(id, id + "-input"), acl -> true);

    try (Admin detector = admin(DETECTOR)) {
      setUp(DETECTOR, id, detector);
    }
    Run training = run("train", TRAINER, id, "--until-caught-up");

    assertThat(training.exitCode()).as(training.err()).isZero();
    for (NewTopic documented : OperationsPage.topics(id)) {
      assertThat(settingsOf(documented.name()))
          .as(documented.name())
          .containsAllEntriesOf(documented.configs());
      assertThat(partitionsOf(documented.name())).isEqualTo(documented.numPartitions());
    }
  }

  private static Map<String, String> settingsOf(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<String, String> settings = new HashMap<>();
    get(admin.describeConfigs(List.of(resource)).all()).values().stream()
        .flatMap(config -> config.entries().stream())
        .forEach(entry -> settings.put(entry.name(), String.valueOf(entry.value())));
    return settings;
  }

  private static int partitionsOf(String topic) throws Exception {
    return get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
        .mapToInt(found -> found.partitions().size())
        .sum();
  }

  @Test
  void allThatIsDeniedIsNamedAtOnce() throws Exception {
    String id = "nothing";
    createInput(id);
    get(admin.createTopics(OperationsPage.topics(id)).all());

    Run detecting = run("detect", DETECTOR, id);

    assertThat(detecting.exitCode()).isEqualTo(1);
    assertThat(detecting.err())
        .contains("topic nothing-input: ", "topic nothing.models: ", "topic nothing.alerts: ")
        .contains(
            "kafka-acls.sh --add --allow-principal User:NAME --operation Read --topic nothing-input");
  }

  @Test
  void topicsThatMayNotBeCreatedAreNamedWithTheCommandThatDoes() throws Exception {
    String id = "missing";
    createInput(id);
    allow(OperationsPage.acls(id, id + "-input"), acl -> !isCreate(acl));

    Run detecting = run("detect", DETECTOR, id);

    assertThat(detecting.exitCode()).isEqualTo(1);
    assertThat(detecting.err())
        .contains(
            "topic missing.models: the broker does not allow this program to Create; kafka-acls.sh --add --allow-principal User:NAME --operation Create --topic missing.models",
            "  or create it: kafka-topics.sh --create --topic missing.models --partitions 1 --config cleanup.policy=compact",
            "--create --topic missing.alerts --partitions 2 --config max.message.bytes=16777216");
  }

  @Test
  void changelogThatMayNotBeCreatedIsNamed() throws Exception {
    String id = "changelog";
    List<NewTopic> topics =
        OperationsPage.topics(id).stream().filter(t -> !t.name().endsWith("-changelog")).toList();
    get(admin.createTopics(topics).all());
    allow(OperationsPage.acls(id, id + "-input"), acl -> !isCreate(acl));

    Run training = run("train", TRAINER, id);

    assertThat(training.exitCode()).isEqualTo(1);
    assertThat(training.err()).contains("changelog.trainer-", "Create", "kafka-acls.sh");
  }

  @Test
  void eachAclOfATopicIsNeededAndNamedWithItsRemedy() throws Exception {
    String id = "topics";
    createInput(id);
    get(admin.createTopics(OperationsPage.topics(id)).all());
    List<AclBinding> acls = OperationsPage.acls(id, id + "-input");
    allow(acls, acl -> !isCreate(acl));
    int missed = 0;
    // To show its record, a reader looks the record's schema up.
    produce(id + ".alerts", 1, Files.readAllBytes(ALERT), id);
    try (Admin detector = admin(DETECTOR);
        Admin trainer = admin(TRAINER)) {
      for (AclBinding acl : acls) {
        if (acl.pattern().resourceType() == ResourceType.TOPIC && !isCreate(acl)) {
          String said = said(acl, () -> setUp(acl, id, detector, trainer));

          assertThat(said)
              .as("without %s", acl)
              .contains(
                  "topic " + acl.pattern().name(),
                  SecurityUtils.operationName(acl.entry().operation()),
                  "kafka-acls.sh --add");
          missed++;
        }
      }
      setUp(DETECTOR, id, detector);
      setUp(TRAINER, id, trainer);
    }

    assertThat(missed).isEqualTo(38);
  }

  @Test
  void eachAclOfAGroupOrTransactionIsNeededAndNamedWithItsRemedy() throws Exception {
    String id = "others";
    createInput(id);
    get(admin.createTopics(OperationsPage.topics(id)).all());
    List<AclBinding> acls = OperationsPage.acls(id, id + "-input");
    allow(acls, acl -> !isCreate(acl));
    produce(id + "-input", 1, Pumps.normal(), id);

    for (AclBinding acl : acls) {
      ResourceType type = acl.pattern().resourceType();
      if (type != ResourceType.TOPIC) {
        boolean detects = acl.entry().principal().endsWith(DETECTOR);
        String said =
            said(
                acl,
                () -> run(detects ? "detect" : "train", detects ? DETECTOR : TRAINER, id).err());

        assertThat(said)
            .as("without %s", acl)
            .contains(
                acl.pattern().name(),
                "the broker does not allow this program to",
                SecurityUtils.operationName(acl.entry().operation()),
                "kafka-acls.sh --add",
                type == ResourceType.GROUP ? "--group" : "--transactional-id");
      }
    }
  }

  @Test
  void wrongPasswordIsSaidAndNeverShown() throws Exception {
    Path settings = settings("wrong", kafka.client(READER, "not-the-one-hush-hush"));

    Run run = Run.of("alerts", "--json", "-v", "-c", settings);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("security.protocol and the credentials");
    assertThat(run.out() + run.err()).doesNotContain("hush-hush");
  }

  /** What is said without one ACL, which is there again afterwards. */
  private static String said(AclBinding acl, Attempt attempt) throws Exception {
    get(admin.deleteAcls(List.of(acl.toFilter())).all());
    awaitAcl(acl, false);
    try {
      return attempt.run();
    } finally {
      allow(List.of(acl), one -> true);
    }
  }

  private interface Attempt {
    String run() throws Exception;
  }

  private static String setUp(AclBinding acl, String id, Admin detector, Admin trainer)
      throws Exception {
    String principal = acl.entry().principal();
    if (principal.endsWith(READER)) {
      return run("alerts", READER, id, "--json").err();
    }
    try {
      setUp(
          principal.substring("User:".length()),
          id,
          principal.endsWith(DETECTOR) ? detector : trainer);
      return "nothing";
    } catch (TopicException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void setUp(String user, String id, Admin client) {
    DetectorConfig config = DetectorConfig.of(Settings.of(all(user, id)));
    TopicSetup setup = new TopicSetup(client, config.topics(), config.windowDuration());
    if (user.equals(DETECTOR)) {
      setup.forDetector(config.inputTopic(), true, PATIENCE);
    } else {
      setup.forTrainer(TrainerTopology.changelogs(id + ".trainer"));
    }
  }

  private static boolean isCreate(AclBinding acl) {
    return acl.entry().operation() == AclOperation.CREATE;
  }

  private static void allow(List<AclBinding> acls, Predicate<AclBinding> which) throws Exception {
    List<AclBinding> wanted = acls.stream().filter(which).toList();
    get(admin.createAcls(wanted).all());
    awaitAcl(wanted.get(wanted.size() - 1), true);
  }

  private static void awaitAcl(AclBinding acl, boolean there) {
    AclBindingFilter filter = acl.toFilter();
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE)
        .until(() -> get(admin.describeAcls(filter).values()).isEmpty() != there);
  }

  private static void createInput(String id) throws Exception {
    get(admin.createTopics(List.of(new NewTopic(id + "-input", 2, (short) 1))).all());
  }

  private static void produce(String topic, int count, byte[] value, String id) throws Exception {
    ClientConfig config = ClientConfig.of(Settings.of(all(SecureKafka.ADMIN, id)));
    SchemaPublisher.publish(
        config.producerProperties(), config.topics().schemas(), List.of(Pumps.SCHEMA));
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(config.producerProperties())) {
      for (int i = 0; i < count; i++) {
        sent.add(producer.send(new ProducerRecord<>(topic, ("P" + i).getBytes(UTF_8), value)));
      }
    }
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }

  private static Run run(String command, String user, String id, Object... more)
      throws IOException {
    List<Object> args = new ArrayList<>(List.of(command, "-c", settings(user + id, all(user, id))));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  private static Map<String, String> all(String user, String id) {
    Map<String, String> all = new HashMap<>(kafka.client(user));
    all.put("application.id", id);
    all.put("input.topic", id + "-input");
    all.put("scores.enabled", "true");
    all.put("retrain.min.records", "100");
    all.put("train.device", "cpu");
    all.put("train.time.budget", "2s");
    all.put("state.dir", folder.resolve("state").toString());
    return all;
  }

  private static Path settings(String name, Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    Path file = folder.resolve(name + ".properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  private static Admin admin(String user) {
    return Admin.create(new HashMap<String, Object>(kafka.client(user)));
  }

  private static <T> T get(KafkaFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
