package io.nelbo.streams.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.model.vae.EnsembleBlockElbo;
import io.nelbo.streams.Pumps;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.ObservationReader;
import io.nelbo.streams.input.SchemaSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs in a JVM that has the Vector API, where records are scored together, and in one without. */
class RecordScorerTest {
  private static final TopicPartition PARTITION = new TopicPartition("readings", 0);
  private static final TopicPartition NOT_POLLED = new TopicPartition("readings", 1);
  private static final ModelVersion VERSION = Pumps.version(1);
  private static final SchemaSource SCHEMAS = FixedSchemas.of(List.of(Pumps.SCHEMA));
  private static final int RECORDS = 500;

  private final RecordScorer scorer = new RecordScorer(VERSION, new ObservationReader(SCHEMAS));
  private final RecordScorer alone = new RecordScorer(VERSION, new ObservationReader(SCHEMAS));
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  @BeforeAll
  static void awaitTheFastestProducts() {
    await().atMost(Duration.ofMinutes(1)).until(() -> width() > 1);
  }

  private static int width() {
    return new EnsembleBlockElbo(VERSION.model().ensemble()).width();
  }

  @BeforeEach
  void makeRecords() {
    Random random = new Random(1);
    for (long i = 0; i < RECORDS; i++) {
      records.add(
          record(i * 3, Pumps.reading(2.3 + random.nextGaussian(), random.nextDouble(), "FR")));
    }
  }

  @AfterEach
  void forget() {
    Upcoming.forget(PARTITION);
  }

  @Test
  void scoresAreThoseOfEachRecordAlone() throws BadRecordException {
    poll(records.subList(0, 7));
    poll(records.subList(7, RECORDS));

    for (ConsumerRecord<byte[], byte[]> record : records) {
      assertScored(record);
    }
  }

  @Test
  void recordsAfterItAreScoredAlongWhereThatCostsLess() throws BadRecordException {
    poll(records);

    assertThat(scoredAlong(scorer, 0)).isEqualTo(width() - 1);
  }

  @Test
  void whatAnotherModelHasScoredAlongIsScoredAlongAnew() throws BadRecordException {
    poll(records);
    for (ConsumerRecord<byte[], byte[]> record : records.subList(0, 3)) {
      assertScored(record);
    }

    RecordScorer next = new RecordScorer(Pumps.version(2), new ObservationReader(SCHEMAS));

    assertThat(scoredAlong(next, 3)).isEqualTo(width() - 1);
  }

  @Test
  void recordThatWasNotPolledIsScoredAlone() throws BadRecordException {
    poll(records.subList(1, RECORDS));

    assertThat(scoredAlong(scorer, 0)).isZero();
  }

  @Test
  void recordsThatHaveHadTheirTurnAreLetGo() throws BadRecordException {
    int width = width();
    poll(records.subList(0, width));
    for (ConsumerRecord<byte[], byte[]> record : records.subList(0, width)) {
      assertScored(record);
    }

    assertThat(Upcoming.of(PARTITION).get(0)).isNull();
  }

  /** How many of the records after one have their scores already when it is scored. */
  private int scoredAlong(RecordScorer scorer, int first) throws BadRecordException {
    byte[] other = Pumps.outlier();
    scorer.pValue(records.get(first).value(), 3L * first, PARTITION);
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> record : records.subList(first + 1, RECORDS)) {
      double expected = alone.pValue(record.value(), record.offset(), NOT_POLLED);
      System.arraycopy(other, 0, record.value(), 0, other.length);
      double pValue = scorer.pValue(record.value(), record.offset(), PARTITION);
      if (pValue != expected) {
        return count;
      }
      count++;
    }
    return count;
  }

  @Test
  void badRecordsAreToldOfInTheirTurnAndHoldUpNoOther() throws BadRecordException {
    records.set(5, record(15, new byte[] {1, 2, 3}));
    records.set(6, record(18, null));
    records.set(40, record(120, Pumps.featureless()));
    poll(records);

    List<Long> bad = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        assertScored(record);
      } catch (BadRecordException e) {
        bad.add(record.offset());
      }
    }

    assertThat(bad).containsExactly(15L, 18L, 120L);
  }

  @Test
  void recordsThatNeverComeAreNotMistakenForThoseThatDo() throws BadRecordException {
    poll(records);

    for (int i = 0; i < RECORDS; i += i % 50 == 10 ? 20 : 1) {
      assertScored(records.get(i));
    }
  }

  @Test
  void recordsThatComeAgainAreScoredAgain() throws BadRecordException {
    poll(records.subList(0, 100));
    for (ConsumerRecord<byte[], byte[]> record : records.subList(0, 60)) {
      assertScored(record);
    }

    poll(records.subList(20, 100));
    for (ConsumerRecord<byte[], byte[]> record : records.subList(20, 100)) {
      assertScored(record);
    }
  }

  private void assertScored(ConsumerRecord<byte[], byte[]> record) throws BadRecordException {
    double pValue = scorer.pValue(record.value(), record.offset(), PARTITION);
    assertThat(pValue).isEqualTo(alone.pValue(record.value(), record.offset(), NOT_POLLED));
    assertThat(scorer.scored()).isEqualTo(alone.scored());
    assertThat(scorer.contributions(3)).isEqualTo(alone.contributions(3));
    assertThat(scorer.klContribution()).isEqualTo(alone.klContribution());
  }

  private static void poll(List<ConsumerRecord<byte[], byte[]>> records) {
    Upcoming.polled(new ConsumerRecords<>(Map.of(PARTITION, records), Map.of()));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, byte @Nullable [] value) {
    return new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, null, value);
  }
}
