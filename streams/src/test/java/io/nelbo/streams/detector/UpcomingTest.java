package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpcomingTest {
  private static final TopicPartition FIRST = new TopicPartition("readings", 0);
  private static final TopicPartition SECOND = new TopicPartition("readings", 1);
  private static final byte[] VALUE = {1};

  @AfterEach
  void forget() {
    Upcoming.forget(FIRST);
    Upcoming.forget(SECOND);
  }

  @Test
  void whatWasPolledComesInItsOrder() {
    poll(FIRST, 3, 5);
    poll(FIRST, 6);

    assertThat(rest(FIRST)).containsExactly(3L, 5L, 6L);
  }

  @Test
  void whatIsDroppedIsGone() {
    poll(FIRST, 3, 5);
    poll(FIRST, 6, 9);

    Upcoming.of(FIRST).dropTo(6, VALUE);

    assertThat(rest(FIRST)).containsExactly(9L);
    Upcoming.of(FIRST).dropTo(100, VALUE);
    assertThat(Upcoming.of(FIRST).get(0)).isNull();
  }

  @Test
  void onlyTheVeryRecordThatWasPolledIsFound() {
    poll(FIRST, 3, 5, 6, 9);

    assertThat(Upcoming.of(FIRST).dropTo(5, VALUE)).isTrue();
    assertThat(Upcoming.of(FIRST).dropTo(5, VALUE)).isFalse();
    assertThat(Upcoming.of(FIRST).dropTo(6, new byte[0])).isFalse();
    assertThat(Upcoming.of(FIRST).dropTo(8, VALUE)).isFalse();
    assertThat(Upcoming.of(FIRST).dropTo(10, VALUE)).isFalse();
  }

  @Test
  void pollOfWhichNothingIsLeftIsPassedOver() {
    poll(FIRST);
    poll(FIRST, 3);

    assertThat(rest(FIRST)).containsExactly(3L);
  }

  @Test
  void partitionsAreApart() {
    poll(FIRST, 1);
    poll(SECOND, 2);

    Upcoming.forget(FIRST);

    assertThat(rest(FIRST)).isEmpty();
    assertThat(rest(SECOND)).containsExactly(2L);
  }

  @Test
  void whatIsPolledAgainFromAnEarlierOffsetTakesThePlaceOfTheRest() {
    poll(FIRST, 3, 4, 5);

    poll(FIRST, 2, 3);

    assertThat(rest(FIRST)).containsExactly(2L, 3L);
  }

  @Test
  void anotherThreadDoesNotSeeIt() {
    poll(FIRST, 1);

    List<Long> elsewhere = CompletableFuture.supplyAsync(() -> rest(FIRST)).join();

    assertThat(elsewhere).isEmpty();
  }

  @Test
  void interceptorIsAddedToTheUsersOwn() {
    assertThat(interceptors(Map.of())).isEqualTo(PollInterceptor.class.getName());
    assertThat(interceptors(Map.of("interceptor.classes", "org.A,org.B")))
        .isEqualTo("org.A,org.B," + PollInterceptor.class.getName());
    assertThat(
            interceptors(
                Map.of(
                    "consumer.interceptor.classes",
                    "org.A",
                    "main.consumer.interceptor.classes",
                    "org.B")))
        .isEqualTo("org.B," + PollInterceptor.class.getName());
  }

  private static String interceptors(Map<String, String> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    PollInterceptor.addTo(properties);
    return properties.getProperty("main.consumer.interceptor.classes", "");
  }

  private static void poll(TopicPartition partition, long... offsets) {
    List<ConsumerRecord<byte[], byte[]>> records =
        LongStream.of(offsets)
            .mapToObj(
                offset ->
                    new ConsumerRecord<>(
                        partition.topic(), partition.partition(), offset, new byte[0], VALUE))
            .toList();
    new PollInterceptor().onConsume(new ConsumerRecords<>(Map.of(partition, records), Map.of()));
  }

  private static List<Long> rest(TopicPartition partition) {
    Upcoming upcoming = Upcoming.of(partition);
    List<Long> offsets = new ArrayList<>();
    for (var record = upcoming.get(0); record != null; record = upcoming.get(offsets.size())) {
      offsets.add(record.offset());
    }
    return offsets;
  }
}
