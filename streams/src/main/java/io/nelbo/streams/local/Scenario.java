package io.nelbo.streams.local;

import org.apache.avro.Schema;

/**
 * An endless stream of records with planted, labelled anomalies. The same seed gives the same
 * records. Its clock is its own: a day passes in about {@value #RECORDS_PER_DAY} records, so that a
 * short window holds the whole daily rhythm. NOT thread safe.
 */
public interface Scenario {
  int RECORDS_PER_DAY = 6_000;

  /** One episode in about so many records: rarer than the alerts, as anomalies should be. */
  int RECORDS_PER_EPISODE = 10_000;

  Schema schema();

  Generated next();
}
