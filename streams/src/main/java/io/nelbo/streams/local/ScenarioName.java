package io.nelbo.streams.local;

import java.util.Locale;

/** The scenarios there are. */
public enum ScenarioName {
  /** Pump stations with faults of pumps and of sensors. */
  SENSORS,
  /** Card payments with fraud. */
  PAYMENTS;

  /** Starts the scenario's stream. */
  public Scenario start(long seed) {
    return switch (this) {
      case SENSORS -> new SensorScenario(seed);
      case PAYMENTS -> new PaymentScenario(seed);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
