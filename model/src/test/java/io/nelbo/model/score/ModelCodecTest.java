package io.nelbo.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nelbo.model.Models;
import io.nelbo.model.feature.FeatureSpec;
import io.nelbo.model.feature.Features;
import io.nelbo.model.vae.ContinuousLikelihood;
import io.nelbo.model.vae.Elbo;
import io.nelbo.model.vae.Ensemble;
import io.nelbo.model.vae.Member;
import io.nelbo.model.vae.Shape;
import io.nelbo.model.vae.Vae;
import io.nelbo.model.vae.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelCodecTest {
  private final TrainedModel model = Models.mixed(1);
  private final byte[] bytes = ModelCodec.encode(model);

  @Test
  void decodedModelIsTheOneEncoded() {
    TrainedModel decoded = ModelCodec.decode(bytes);

    assertThat(decoded.features().specs()).isEqualTo(model.features().specs());
    assertThat(decoded.ensemble().members()).hasSameSizeAs(model.ensemble().members());
    for (int m = 0; m < model.ensemble().members().size(); m++) {
      assertSame(decoded.ensemble().members().get(m), model.ensemble().members().get(m));
    }
    assertThat(decoded.baseline()).isEqualTo(model.baseline());
    assertThat(decoded.calibration().size()).isEqualTo(model.calibration().size());
    assertThat(decoded.calibration().kept()).isEqualTo(model.calibration().kept());
    assertThat(decoded.selfTest()).isEqualTo(model.selfTest());
    assertThat(decoded.selfTestScore()).isEqualTo(model.selfTestScore());
  }

  private static void assertSame(Member decoded, Member member) {
    assertThat(decoded.vae().likelihood()).isEqualTo(member.vae().likelihood());
    assertThat(decoded.vae().discreteFloor()).isEqualTo(member.vae().discreteFloor());
    assertThat(decoded.vae().shape()).isEqualTo(member.vae().shape());
    assertThat(decoded.vae().weights().flat()).isEqualTo(member.vae().weights().flat());
    assertThat(decoded.noise()).isEqualTo(member.noise());
  }

  @Test
  void decodedModelGivesTheSameScoresAndPValues() {
    Scorer original = new Scorer(model);
    Scorer decoded = new Scorer(ModelCodec.decode(bytes));
    Random random = new Random(2);

    for (int i = 0; i < 500; i++) {
      double[] observation = Models.observation(random);

      assertThat(decoded.score(observation)).isEqualTo(original.score(observation));
      assertThat(decoded.pValue()).isEqualTo(original.pValue());
    }
  }

  @Test
  void ensembleComesBackWithItsMembersAndPriors() {
    TrainedModel ensemble = Models.ensemble(3);

    TrainedModel decoded = ModelCodec.decode(ModelCodec.encode(ensemble));

    assertThat(decoded.ensemble().members()).hasSize(3);
    for (int m = 0; m < 3; m++) {
      assertSame(decoded.ensemble().members().get(m), ensemble.ensemble().members().get(m));
    }
    assertThat(decoded.sha256()).isEqualTo(ensemble.sha256());
  }

  @Test
  void theSameModelHasTheSameBytesAndAnotherHasOthers() {
    assertThat(ModelCodec.encode(Models.mixed(1))).isEqualTo(bytes);
    assertThat(ModelCodec.encode(ModelCodec.decode(bytes))).isEqualTo(bytes);
    assertThat(ModelCodec.decode(bytes).sha256()).isEqualTo(model.sha256()).hasSize(64);
    assertThat(Models.mixed(2).sha256()).isNotEqualTo(model.sha256());
  }

  @Test
  void anyByteChangedIsRefused() {
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= (byte) (1 << i % 8);

      assertThatIllegalArgumentException()
          .as("byte %d", i)
          .isThrownBy(() -> ModelCodec.decode(damaged));
    }
  }

  @Test
  void anyLengthButItsOwnIsRefused() {
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);

      assertThatIllegalArgumentException()
          .as("%d bytes", length)
          .isThrownBy(() -> ModelCodec.decode(truncated));
    }
    assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "speaks of " + bytes.length + " bytes");
  }

  @Test
  void refusalsNameTheirReason() {
    assertRefused(new byte[0], "not a Nelbo model");
    assertRefused("{\"a\": 1, \"b\": 2}".getBytes(StandardCharsets.UTF_8), "not a Nelbo model");
    assertRefused(Arrays.copyOf(bytes, 7), "truncated");
    assertRefused(Arrays.copyOf(bytes, 1_000), "truncated");
    byte[] newer = bytes.clone();
    newer[5] = 2;
    assertRefused(newer, "format version 2 is unknown, this Nelbo reads 1");
    byte[] damaged = bytes.clone();
    damaged[500] ^= 1;
    assertRefused(damaged, "checksum");
  }

  @Test
  void lengthsThatLieAreRefusedBeforeAnythingIsAllocated() {
    int features = ModelCodec.HEADER_BYTES;
    int weights = weightsAt();

    assertRefused(withInt(features, Integer.MAX_VALUE), "features has a length of 2147483647");
    assertRefused(withInt(features, -1), "features has a length of -1");
    assertRefused(withInt(weights - 33, 1 << 20), "members has a length of 1048576");
    assertRefused(withInt(weights - 4, 7), "the model holds");
    assertRefused(withInt(features + 4, 1 << 30), "feature name has a length of 1073741824");
    assertRefused(withInt(weights, Integer.MAX_VALUE), "weights has a length of 2147483647");
    assertRefused(withInt(weights, 5), "the model holds 5");
    assertRefused(withInt(weights - 25, 500_000_000), "latent has a length of 500000000");
    assertRefused(withInt(weights - 25, 400), "the model holds");
    assertRefused(withInt(weights - 21, 0), "every layer needs a unit");
  }

  @Test
  void impossibleValuesAreRefused() {
    int weights = weightsAt();
    int name = ModelCodec.HEADER_BYTES + 8;

    assertRefused(withInt(weights + 4, Float.floatToIntBits(Float.NaN)), "weight 0 must be finite");
    assertRefused(
        withInt(weights + 44, Float.floatToIntBits(Float.NEGATIVE_INFINITY)),
        "weight 10 must be finite");
    assertRefused(withBytes(name, "           "), "a feature needs a name");
    assertRefused(withBytes(name, new byte[] {(byte) 0xff}), "feature name is not UTF-8");
    assertRefused(withBytes(at("BINARY"), "BINARX"), "kind of valve is unknown: BINARX");
  }

  @Test
  void namesAndCategoriesThatAppearTwiceAreRefused() {
    Features features =
        Features.of(
            List.of(FeatureSpec.binary("valve", false), FeatureSpec.binary("valva", false)));
    Shape shape = new Shape(2, 1, 1, 1, 2, 0);
    Weights weights = Weights.of(shape, new float[Weights.count(shape)]);
    Vae vae = new Vae(features, ContinuousLikelihood.GAUSSIAN, 0.5, weights);
    double[] selfTest = {1, 0};
    double score = new Elbo(vae, new float[0]).negative(selfTest);
    byte[] pair =
        ModelCodec.encode(
            new TrainedModel(
                Ensemble.of(vae, new float[0]),
                new double[3],
                Calibration.fit(selfTest),
                selfTest,
                score));
    assertThat(ModelCodec.decode(pair).features().count()).isEqualTo(2);

    int last = new String(pair, StandardCharsets.ISO_8859_1).indexOf("valva") + 4;
    pair[last] = 'e';

    assertRefused(repaired(pair), "two features are named valve");
    assertRefused(withBytes(at("cool"), "heat"), "vocabulary of mode must not repeat a value");
  }

  @Test
  void aModelThatScoresItsSelfTestOtherwiseIsRefused() {
    int score = bytes.length - ModelCodec.CHECKSUM_BYTES - Double.BYTES;
    byte[] other = bytes.clone();
    little(other).putDouble(score, model.selfTestScore() * 1.01 + 1);
    byte[] nan = bytes.clone();
    little(nan).putDouble(score, Double.NaN);
    byte[] weight = bytes.clone();
    little(weight).putFloat(weightsAt() + 4, 5);

    assertRefused(repaired(other), "self-test must score");
    assertRefused(repaired(nan), "selfTestScore must be finite");
    assertRefused(repaired(weight), "self-test must score");
  }

  @Test
  void bytesChangedAtRandomUnderATrueChecksumNeverFailOtherwise() {
    Random random = new Random(5);
    int content = bytes.length - ModelCodec.HEADER_BYTES - ModelCodec.CHECKSUM_BYTES;
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] changed = bytes.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        int at = random.nextInt(2) == 0 ? random.nextInt(content) : random.nextInt(300);
        changed[ModelCodec.HEADER_BYTES + at] = (byte) random.nextInt(256);
      }
      try {
        assertThat(ModelCodec.decode(repaired(changed)).calibration().pValue(3))
            .isBetween(0.0, 1.0);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageMatching("(?s).{10,}");
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 2_999);
  }

  private byte[] withInt(int at, int value) {
    byte[] changed = bytes.clone();
    little(changed).putInt(at, value);
    return repaired(changed);
  }

  private byte[] withBytes(int at, String text) {
    return withBytes(at, text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] withBytes(int at, byte[] value) {
    byte[] changed = bytes.clone();
    System.arraycopy(value, 0, changed, at, value.length);
    return repaired(changed);
  }

  private int weightsAt() {
    float[] weights = model.ensemble().members().get(0).vae().weights().flat();
    return at(weights.length, weights[0]);
  }

  private int at(String text) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    assertThat(at).isPositive();
    return at;
  }

  private int at(int length, float first) {
    for (int at = 0; at < bytes.length - 8; at++) {
      if (little(bytes).getInt(at) == length && little(bytes).getFloat(at + 4) == first) {
        return at;
      }
    }
    throw new AssertionError("no weights in the bytes");
  }

  private static byte[] repaired(byte[] bytes) {
    int end = bytes.length - ModelCodec.CHECKSUM_BYTES;
    byte[] checksum = ModelCodec.sha256().digest(Arrays.copyOf(bytes, end));
    System.arraycopy(checksum, 0, bytes, end, checksum.length);
    return bytes;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelCodec.decode(bytes))
        .withMessageContaining(reason);
  }
}
