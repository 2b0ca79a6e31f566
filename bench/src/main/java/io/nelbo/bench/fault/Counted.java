package io.nelbo.bench.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the records of a scenario.
 *
 * @param sent records that the brokers took
 * @param lost outcomes that should be there and are not
 * @param doubled outcomes that are there more than once, or should not be there
 * @param deadLetters records that could not be scored
 * @param more what else the scenario measured
 */
record Counted(long sent, long lost, long doubled, long deadLetters, Map<String, Object> more) {

  Counted with(String name, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put(name, value);
    return new Counted(sent, lost, doubled, deadLetters, all);
  }
}
