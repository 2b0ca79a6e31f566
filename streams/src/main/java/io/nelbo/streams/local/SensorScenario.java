package io.nelbo.streams.local;

import io.nelbo.schemas.SensorReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Readings of a few pump stations in turn, with {@linkplain SensorFault faults} planted. */
final class SensorScenario implements Scenario {
  private static final int STATIONS = 6;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /** A frozen gauge shows what it showed a quarter of a day before. */
  private static final int MEMORY = RECORDS_PER_DAY / STATIONS / 4;

  private final Random random;
  private final List<PumpStation> stations = new ArrayList<>();
  private final List<Deque<Double>> memories = new ArrayList<>();
  private final EpisodePlan<SensorFault> plan;
  private long record;
  private @Nullable Running running;

  SensorScenario(long seed) {
    random = new Random(seed);
    for (int i = 0; i < STATIONS; i++) {
      stations.add(new PumpStation("station-" + (i + 1), i % 2 == 0, 0.06 * i, random));
      memories.add(new ArrayDeque<>());
    }
    plan = new EpisodePlan<>(random, List.of(SensorFault.values()));
    for (int i = 0; i < STATIONS * MEMORY; i++) {
      read();
    }
  }

  @Override
  public Schema schema() {
    return SensorReading.getClassSchema();
  }

  @Override
  public Generated next() {
    int station = (int) (record % STATIONS);
    double before = memories.get(station).getFirst();
    SensorReading now = read();
    if (running == null && plan.isDue(record) && plan.kind().shows(now, before)) {
      running = begin(station, before);
    }
    Episode episode = null;
    if (running != null && running.station == station) {
      if (running.fault.shows(now, running.before)) {
        episode = running.episode;
        running.fault.apply(now, running.before, running.progress());
        running.done++;
      }
      if (episode == null || running.done == running.length) {
        running = null;
      }
    }
    return new Generated(stations.get(station).name(), now, episode);
  }

  /** Reads the next station; what is planted afterwards does not touch its memory. */
  private SensorReading read() {
    int station = (int) (record % STATIONS);
    double day = (double) record / RECORDS_PER_DAY;
    Instant at = START.plus(Duration.ofMillis(Math.round(day * Duration.ofDays(1).toMillis())));
    SensorReading reading = stations.get(station).read(day, at);
    Deque<Double> memory = memories.get(station);
    memory.addLast(reading.getSpeed());
    if (memory.size() > MEMORY) {
      memory.removeFirst();
    }
    record++;
    return reading;
  }

  private Running begin(int station, double before) {
    SensorFault fault = plan.kind();
    int length = fault == SensorFault.SPIKE ? 1 : 2 + random.nextInt(3);
    String name = fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new Running(plan.begin(record, name), fault, station, before, length);
  }

  /** An episode under way. */
  private static final class Running {
    final Episode episode;
    final SensorFault fault;
    final int station;
    final double before;
    final int length;
    int done;

    Running(Episode episode, SensorFault fault, int station, double before, int length) {
      this.episode = episode;
      this.fault = fault;
      this.station = station;
      this.before = before;
      this.length = length;
    }

    double progress() {
      return length == 1 ? 1 : (double) done / (length - 1);
    }
  }
}
