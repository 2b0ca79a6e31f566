package io.nelbo.streams.local;

import io.nelbo.schemas.PumpMode;
import io.nelbo.schemas.SensorReading;
import java.time.Instant;
import java.util.Random;

/**
 * A water pump with its motor and gauges, one reading a step. NOT thread safe.
 *
 * <p>The pump's curve H = A·(n/n₀)² − B·Q² meets the system's curve H = Hₛ + r·Q² (H: head in m, n:
 * speed, Q: flow in m³/h, r: resistance, which the valves downstream move), so flow grows with
 * speed and head with its square, the affinity laws. The motor draws what Q·H, its efficiency and
 * the voltage ask, warms and cools with a lag, and shakes with the square of its speed and its
 * wear.
 */
final class PumpStation {
  static final double NOMINAL_SPEED = 1_500;
  private static final double SHUT_OFF_HEAD = 60;
  private static final double CURVE = 0.0005;
  private static final double STATIC_HEAD = 4;
  private static final double RESISTANCE = 0.0009;
  private static final double BAR_PER_METRE = 0.0981;
  private static final double EFFICIENCY = 0.72;
  private static final double POWER_FACTOR = 0.86;
  private static final double IDLE_BELOW = 0.13;

  /** Readings in which the motor comes 63 % of the way to its new temperature. */
  private static final double THERMAL_LAG = 25;

  private final String name;
  private final boolean hasTank;
  private final double phase;
  private final Random random;
  private final Wander use;
  private final Wander valves;
  private final Wander suction;
  private final Wander grid;
  private final Wander wear;
  private final Wander water;
  private final Wander tank;
  private double motorTemperature = 40;

  PumpStation(String name, boolean hasTank, double phase, Random random) {
    this.name = name;
    this.hasTank = hasTank;
    this.phase = phase;
    this.random = random;
    use = new Wander(random, 25);
    valves = new Wander(random, 30);
    suction = new Wander(random, 35);
    grid = new Wander(random, 28);
    wear = new Wander(random, 45);
    water = new Wander(random, 50);
    tank = new Wander(random, 40);
  }

  String name() {
    return name;
  }

  /**
   * Moves on by one step and reads the gauges.
   *
   * @param day time in days; its fraction is the time of day
   */
  SensorReading read(double day, Instant at) {
    double hour = 2 * Math.PI * (day + phase);
    double demand = 0.48 - 0.33 * Math.cos(hour) - 0.12 * Math.sin(2 * hour) + 0.1 * use.next();
    boolean running = demand > IDLE_BELOW;
    double speed = running ? 600 + 900 * Math.min(1, demand) : 0;
    double relative = speed / NOMINAL_SPEED;
    double resistance = RESISTANCE * (1 + 0.3 * valves.next());
    double push = SHUT_OFF_HEAD * relative * relative - STATIC_HEAD;
    double flow = running ? Math.sqrt(push / (resistance + CURVE)) : 0;
    double head = STATIC_HEAD + resistance * flow * flow;
    double voltage = 400 + 5 * grid.next() - 3 * demand;
    double watts = running ? 9.81 * flow * head / 3.6 / EFFICIENCY + 1_200 : 150;
    double current = watts / (Math.sqrt(3) * voltage * POWER_FACTOR);
    double ambient = 17 - 4 * Math.cos(hour);
    double target = ambient + 8 * (running ? 1 : 0) + 45 * Math.pow(current / 55, 1.5);
    motorTemperature += (target - motorTemperature) / THERMAL_LAG;
    double pressureIn = 1.6 + 0.35 * suction.next() - 4e-6 * flow * flow;
    double shaking = 0.12 + 2.6 * relative * relative * (1 + 0.15 * wear.next());
    double waterTemperature = 11 + 0.25 * (ambient - 17) + 1.2 * water.next();
    double level = 3.2 + 1.1 * tank.next() - 0.8 * demand;
    SensorReading reading = new SensorReading();
    reading.setStation(name);
    reading.setMeasuredAt(at);
    reading.setRunning(running);
    reading.setMode(mode(demand));
    reading.setSpeed(running ? speed + noise(5) : 0);
    reading.setFlow(Math.max(0, flow * (1 + noise(0.008)) + noise(0.4)));
    reading.setPressureIn(pressureIn + noise(0.012));
    reading.setPressureOut(pressureIn + head * BAR_PER_METRE + noise(0.025));
    reading.setCurrent(Math.max(0, current * (1 + noise(0.01)) + noise(0.1)));
    reading.setVoltage(voltage + noise(0.5));
    reading.setMotorTemperature(motorTemperature + noise(0.4));
    reading.setWaterTemperature(waterTemperature + noise(0.1));
    reading.setVibration(Math.max(0, shaking * (1 + noise(0.02)) + noise(0.02)));
    // A tank's gauge is missing in one of a hundred readings.
    if (hasTank && random.nextDouble() > 0.01) {
      reading.setTankLevel(level + noise(0.02));
    }
    return reading;
  }

  private static PumpMode mode(double demand) {
    return demand < 0.35 ? PumpMode.ECO : demand < 0.7 ? PumpMode.NORMAL : PumpMode.BOOST;
  }

  private double noise(double deviation) {
    return deviation * random.nextGaussian();
  }
}
