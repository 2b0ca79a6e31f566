package io.nelbo.model.vae;

import static io.nelbo.model.vae.PlainBlocks.WIDTH;

import java.util.Arrays;

/** The layers of {@link PlainBlocks}, whose units take turns in the same rows. */
final class PlainBlockPerceptron extends Perceptron {
  private final PlainBlockDense layer1;
  private final PlainBlockDense layer2;
  private final PlainBlockDense layer3;

  PlainBlockPerceptron(PlainBlockDense layer1, PlainBlockDense layer2, PlainBlockDense layer3) {
    this.layer1 = layer1;
    this.layer2 = layer2;
    this.layer3 = layer3;
  }

  @Override
  Evaluation newEvaluation(Room room) {
    return new RowsInTurn(room);
  }

  private final class RowsInTurn extends Evaluation {
    private final float[][] sums;
    private final float[][] odd; // the inputs and the second hidden layer
    private final float[][] even; // the first hidden layer and the outputs

    RowsInTurn(Room room) {
      super(new float[layer3.outputs() * WIDTH], new float[layer3.outputs() * WIDTH]);
      int ofOdd = Math.max(layer1.inputs(), layer2.outputs());
      int ofEven = Math.max(layer1.outputs(), layer3.outputs());
      float[][] rows = room.floats(ofOdd + ofEven + 2, PlainBlocks.FLOATS);
      sums = Arrays.copyOf(rows, 2);
      odd = Arrays.copyOfRange(rows, 2, 2 + ofOdd);
      even = Arrays.copyOfRange(rows, 2 + ofOdd, 2 + ofOdd + ofEven);
    }

    @Override
    void evaluate(float[] x) {
      evaluateInto(first, x);
    }

    @Override
    void evaluate(float[] x1, float[] x2) {
      evaluateInto(first, x1);
      evaluateInto(second, x2);
    }

    private void evaluateInto(float[] y, float[] x) {
      for (int i = 0; i < layer1.inputs(); i++) {
        System.arraycopy(x, i * WIDTH, odd[i], 0, WIDTH);
      }
      layer1.apply(odd, even, sums);
      silu(even, layer1.outputs());
      layer2.apply(even, odd, sums);
      silu(odd, layer2.outputs());
      layer3.apply(odd, even, sums);
      for (int j = 0; j < layer3.outputs(); j++) {
        System.arraycopy(even[j], 0, y, j * WIDTH, WIDTH);
      }
    }

    private static void silu(float[][] rows, int count) {
      for (int i = 0; i < count; i += 2) {
        silu(rows[i], rows[i + 1]);
      }
    }

    private static void silu(float[] x, float[] y) {
      for (int l = 0; l < WIDTH; l++) {
        float a = Silu.of(x[l]);
        float b = Silu.of(y[l]);
        x[l] = a;
        y[l] = b;
      }
    }
  }
}
