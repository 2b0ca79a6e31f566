package io.nelbo.streams.demo;

import io.nelbo.streams.local.Episode;
import io.nelbo.streams.local.Generated;
import io.nelbo.streams.local.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a scenario's records to the input topic at a steady rate, a malformed one now and then, and
 * enters each in the ledger once the broker has it. One thread runs it; any may stop it.
 */
final class Feed {
  private static final List<Malformed> MALFORMED = List.of(Malformed.values());
  private static final int MALFORMED_EVERY = 15_000;
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private final Scenario scenario;
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Ledger ledger;
  private final ThreeSigma threeSigma;
  private final BinaryMessageEncoder<SpecificRecordBase> encoder;
  private final AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();
  private volatile boolean stopped;
  private long sent;
  private int spoiled;

  Feed(Scenario scenario, Producer<byte[], byte[]> producer, String topic, Ledger ledger) {
    this.scenario = scenario;
    this.producer = producer;
    this.topic = topic;
    this.ledger = ledger;
    threeSigma = new ThreeSigma(scenario.schema(), DemoSettings.WARM_UP_RECORDS);
    encoder = new BinaryMessageEncoder<>(new SpecificData(), scenario.schema());
  }

  /**
   * Sends for so long, or until stopped; returns when the broker has it all.
   *
   * @throws KafkaException if the broker refused a record
   */
  void run(int rate, Duration duration) {
    long start = System.nanoTime();
    long elapsed = 0;
    while (!stopped && elapsed < duration.toNanos()) {
      long due = (long) (rate * (elapsed / 1e9));
      while (sent < due && !stopped) {
        send();
      }
      throwIfRefused();
      LockSupport.parkNanos(PAUSE_NANOS);
      elapsed = System.nanoTime() - start;
    }
    producer.flush();
    throwIfRefused();
  }

  void stop() {
    stopped = true;
  }

  private void send() {
    Generated generated = scenario.next();
    boolean flagged = threeSigma.flags(generated.value());
    boolean spoil = ++sent / MALFORMED_EVERY > spoiled && generated.episode() == null;
    if (spoil) {
      Malformed kind = MALFORMED.get(spoiled++ % MALFORMED.size());
      byte @Nullable [] value = kind.spoil(generated.value(), this::encode);
      send(generated.key(), value, ledger::sentMalformed);
    } else {
      @Nullable Episode episode = generated.episode();
      send(
          generated.key(),
          encode(generated.value()),
          coordinates -> ledger.sent(coordinates, episode, flagged));
    }
  }

  private void send(String key, byte @Nullable [] value, Consumer<Coordinates> entry) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, keyBytes, value),
            (metadata, failure) -> {
              if (failure == null) {
                entry.accept(new Coordinates(metadata.partition(), metadata.offset()));
              } else {
                refusal.compareAndSet(null, failure);
              }
            });
  }

  private byte[] encode(SpecificRecordBase record) {
    try {
      ByteBuffer encoded = encoder.encode(record);
      byte[] value = new byte[encoded.remaining()];
      encoded.get(value);
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private void throwIfRefused() {
    Exception failure = refusal.get();
    if (failure != null) {
      throw new KafkaException("the broker refused a record: " + failure.getMessage(), failure);
    }
  }
}
