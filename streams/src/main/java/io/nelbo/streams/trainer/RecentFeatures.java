package io.nelbo.streams.trainer;

import io.nelbo.model.drift.FeatureShift;
import io.nelbo.model.drift.FeatureShifts;
import io.nelbo.model.feature.Features;
import io.nelbo.streams.input.BadRecordException;
import io.nelbo.streams.input.ObservationReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest records of the window, compared with what a model was trained on. */
final class RecentFeatures {
  private static final Logger log = LoggerFactory.getLogger(RecentFeatures.class);
  private static final int MOST_RECORDS = 2_000;

  private final ReadOnlyWindowStore<Bytes, byte[]> window;
  private final ObservationReader reader;

  RecentFeatures(ReadOnlyWindowStore<Bytes, byte[]> window, ObservationReader reader) {
    this.window = window;
    this.reader = reader;
  }

  /**
   * Returns the features that have shifted most in the records from some event time on; none if
   * they cannot be read.
   */
  List<FeatureShift> shifts(Features features, Instant from, int atMost) {
    List<double[]> observations = new ArrayList<>();
    try (KeyValueIterator<Windowed<Bytes>, byte[]> newest =
        window.backwardFetchAll(from, Instant.ofEpochMilli(Long.MAX_VALUE))) {
      while (newest.hasNext() && observations.size() < MOST_RECORDS) {
        double[] observation = new double[features.count()];
        if (isRead(newest.next().value, features, observation)) {
          observations.add(observation);
        }
      }
    } catch (KafkaException e) {
      log.warn("cannot tell which features have shifted: {}", e.getMessage());
      return List.of();
    }
    return FeatureShifts.most(features, observations.toArray(double[][]::new), atMost);
  }

  private boolean isRead(byte[] value, Features features, double[] observation) {
    try {
      reader.observe(value, features, observation);
      return true;
    } catch (BadRecordException e) {
      return false; // Counted where the window is learned from.
    }
  }
}
