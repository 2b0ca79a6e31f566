package io.nelbo.streams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nelbo.streams.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TopicSetupIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Admin admin = TestKafka.admin();
  private final Topics topics = Topics.of(TestKafka.unique("pumps"));
  private final TopicSetup setup = new TopicSetup(admin, topics, Duration.ofHours(2));
  private final TopicAdmin broker = new TopicAdmin(admin);

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void missingTopicsAreCreatedAsTheyShouldBe() {
    String input = TestKafka.newTopic("readings", 3);

    int partitions = setup.forDetector(input, true, PATIENCE);

    assertThat(partitions).isEqualTo(3);
    for (String sink : List.of(topics.alerts(), topics.scores(), topics.deadLetters())) {
      assertThat(broker.partitions(sink)).isEqualTo(3);
      assertThat(broker.config(sink))
          .containsEntry("cleanup.policy", "delete")
          .containsEntry("max.message.bytes", "16777216");
    }
    for (String compacted : List.of(topics.models(), topics.schemas())) {
      assertThat(broker.partitions(compacted)).isEqualTo(1);
      assertThat(broker.config(compacted)).containsEntry("cleanup.policy", "compact");
    }
    assertThat(broker.partitions(topics.window())).isEqualTo(1);
    assertThat(broker.config(topics.window()))
        .containsEntry("retention.ms", "7200000")
        .containsEntry("max.message.bytes", "16777216");
  }

  @Test
  void topicOfScoresIsNotNeededWhereNoneAreWritten() throws Exception {
    setup.forDetector(TestKafka.newTopic("readings", 1), false, PATIENCE);

    assertThat(admin.listTopics().names().get())
        .contains(topics.alerts())
        .doesNotContain(topics.scores());
  }

  @Test
  void topicsThatAreAsTheyShouldBeStay() {
    String input = TestKafka.newTopic("readings", 2);
    setup.forTrainer(List.of());

    setup.forDetector(input, true, PATIENCE);

    assertThatCode(() -> setup.forDetector(input, true, PATIENCE)).doesNotThrowAnyException();
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithTheRemedy() {
    TestKafka.createTopic(topics.models(), 2, Map.of());
    TestKafka.createTopic(topics.window(), 4, Map.of());

    assertThatThrownBy(() -> setup.forTrainer(List.of()))
        .isInstanceOf(TopicException.class)
        .hasMessageContainingAll(
            "topic "
                + topics.models()
                + " has 2 partitions, must have 1: delete it for Nelbo to create it, or set models.topic to another name",
            "topic " + topics.models() + " has cleanup.policy=delete, must have compact: ",
            "topic " + topics.window() + " has 4 partitions, must have 1: ");
  }

  @Test
  void sizeAndRetentionThatAreTooSmallAreWarnedOf() {
    TestKafka.createTopic(
        topics.window(), 1, Map.of("retention.ms", "60000", "max.message.bytes", "1000"));
    Logger logger = (Logger) LoggerFactory.getLogger(TopicSetup.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      setup.forTrainer(List.of());
    } finally {
      logger.detachAppender(log);
    }

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactlyInAnyOrder(
            "topic %s has max.message.bytes=1000, should have at least 16777216: larger records will stop the detector"
                .formatted(topics.window()),
            "topic %s has retention.ms=60000, should have at least 7200000: older records will be missing when they are wanted"
                .formatted(topics.window()));
  }

  @Test
  void missingInputIsWaitedForAndThenNamed() {
    String input = TestKafka.unique("readings");

    assertThatThrownBy(() -> setup.forDetector(input, true, Duration.ofSeconds(1)))
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "input topic "
                + input
                + " does not exist after 1 s: create it, or set input.topic to the one to watch");
  }

  @Test
  void inputThatIsCreatedMeanwhileIsFound() {
    String input = TestKafka.unique("readings");

    CompletableFuture<Integer> partitions =
        CompletableFuture.supplyAsync(() -> setup.forDetector(input, true, PATIENCE));
    TestKafka.createTopic(input, 2, Map.of());

    assertThat(partitions.join()).isEqualTo(2);
  }
}
