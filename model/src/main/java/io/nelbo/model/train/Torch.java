package io.nelbo.model.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

/**
 * The native engine behind a training, loaded when it is first asked for.
 *
 * <p>Before that, and only where the program has not said otherwise by a system property, this sets
 * {@code ai.djl.pytorch.num_threads} to 1, since several native threads on a machine busy with
 * streams make a step many times slower and sums of floats depend on their number, and {@code
 * OPT_OUT_TRACKING} to true, so that DJL calls nobody.
 */
final class Torch {
  private static final String ENGINE = "PyTorch";

  static {
    setUnlessSet("ai.djl.pytorch.num_threads", "1");
    setUnlessSet("OPT_OUT_TRACKING", "true");
  }

  private Torch() {}

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null && System.getenv(property) == null) {
      System.setProperty(property, value);
    }
  }

  static Engine engine() throws TrainingException {
    try {
      return Engine.getEngine(ENGINE);
    } catch (EngineException | IllegalArgumentException e) {
      throw new TrainingException(
          "training needs DJL's "
              + ENGINE
              + " engine, which cannot be loaded: "
              + e.getMessage()
              + "; put pytorch-engine, pytorch-jni and pytorch-native-cpu for this platform on the"
              + " class path",
          e);
    }
  }

  static Device device(Engine engine, DeviceChoice choice) throws TrainingException {
    int gpus = choice == DeviceChoice.CPU ? 0 : engine.getGpuCount();
    if (choice == DeviceChoice.GPU && gpus == 0) {
      throw new TrainingException(
          "a GPU was asked for but "
              + ENGINE
              + " "
              + engine.getVersion()
              + " sees none: check the driver and that the native library was built for CUDA, or"
              + " ask for auto or cpu");
    }
    return gpus > 0 ? Device.gpu() : Device.cpu();
  }
}
