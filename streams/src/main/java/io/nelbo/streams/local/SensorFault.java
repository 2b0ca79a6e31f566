package io.nelbo.streams.local;

import io.nelbo.schemas.PumpMode;
import io.nelbo.schemas.SensorReading;

/**
 * What can go wrong at a pump station. All but the spike leave every gauge within the range of an
 * ordinary day; only the gauges together are impossible.
 */
enum SensorFault {
  /** Water is lost before the outlet gauge: the head falls though speed, flow and current hold. */
  LEAK {
    @Override
    boolean shows(SensorReading now, double speedBefore) {
      return now.getSpeed() > 1_100;
    }

    @Override
    void apply(SensorReading reading, double speedBefore, double progress) {
      double head = reading.getPressureOut() - reading.getPressureIn();
      reading.setPressureOut(reading.getPressureIn() + 0.72 * head);
    }
  },

  /** The flow meter reads ever less than flows. */
  DRIFT {
    @Override
    boolean shows(SensorReading now, double speedBefore) {
      return now.getSpeed() > 1_000;
    }

    @Override
    void apply(SensorReading reading, double speedBefore, double progress) {
      reading.setFlow(reading.getFlow() * (0.78 - 0.08 * progress));
    }
  },

  /** The speed gauge hangs at what it showed hours before. */
  STUCK {
    @Override
    boolean shows(SensorReading now, double speedBefore) {
      return now.getRunning() && speedBefore > 0 && Math.abs(now.getSpeed() - speedBefore) > 200;
    }

    @Override
    void apply(SensorReading reading, double speedBefore, double progress) {
      reading.setSpeed(speedBefore);
    }
  },

  /** The vibration gauge shows a few times what is possible: what any rule finds. */
  SPIKE {
    @Override
    boolean shows(SensorReading now, double speedBefore) {
      return now.getMode() == PumpMode.BOOST;
    }

    @Override
    void apply(SensorReading reading, double speedBefore, double progress) {
      reading.setVibration(4 * reading.getVibration());
    }
  },

  /** The shaft coupling slips: the motor turns without its load, and draws too little for it. */
  BROKEN_CORRELATION {
    @Override
    boolean shows(SensorReading now, double speedBefore) {
      return now.getSpeed() > 1_100;
    }

    @Override
    void apply(SensorReading reading, double speedBefore, double progress) {
      reading.setCurrent(0.7 * reading.getCurrent());
    }
  },

  /** The fan fails: the motor is as hot at half its load as it should be at full load. */
  OVERHEATING {
    @Override
    boolean shows(SensorReading now, double speedBefore) {
      return now.getRunning() && now.getMotorTemperature() < 34 && now.getSpeed() < 1_050;
    }

    @Override
    void apply(SensorReading reading, double speedBefore, double progress) {
      reading.setMotorTemperature(reading.getMotorTemperature() + 27 + 3 * progress);
    }
  };

  /**
   * Returns whether the fault would make a difference now.
   *
   * @param speedBefore what the speed gauge read some hours before, in rpm
   */
  abstract boolean shows(SensorReading now, double speedBefore);

  /**
   * Falsifies a reading.
   *
   * @param speedBefore what the speed gauge read some hours before, in rpm
   * @param progress from 0 at the episode's first record to 1 at its last
   */
  abstract void apply(SensorReading reading, double speedBefore, double progress);
}
