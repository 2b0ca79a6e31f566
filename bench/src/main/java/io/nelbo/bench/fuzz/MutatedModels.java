package io.nelbo.bench.fuzz;

import io.nelbo.bench.stream.Cluster;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Feature;
import io.nelbo.schemas.Member;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.Shape;
import io.nelbo.streams.models.ModelDigest;
import io.nelbo.streams.models.ModelRecords;
import io.nelbo.streams.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Models as they are published, none of them fit to be put in force. Half of them are the bytes of
 * a good one, every byte flipped in turn, or cut, or spliced; the others are records in good form
 * that say something wrong.
 */
final class MutatedModels {
  private static final AvroSerde<Model> SERDE = AvroSerde.of(Model.class);

  private final Random random;
  private final MutatedBytes bytes;
  private final byte[] good;
  private int index;

  /**
   * Begins with the model that is made bad.
   *
   * @param version of a model that would be put in force
   */
  MutatedModels(long seed, long version) {
    random = new Random(seed);
    bytes = new MutatedBytes(random);
    good = SERDE.serializer().serialize("", ModelRecords.toAvro(Gadgets.model(version)));
  }

  /** Returns the next one as it lies on the models topic. */
  ProducerRecord<byte[], byte[]> next() {
    int number = index++;
    return switch (number % 4) {
      case 0, 1 -> record(bytes.flippedAt(good, (number / 4 * 2 + number % 4) % good.length), good);
      case 2 -> record(changed(), good);
      default -> {
        byte[] wrong = wrong();
        yield record(wrong, wrong);
      }
    };
  }

  ProducerRecord<byte[], byte[]> good() {
    return record(good, good);
  }

  /** What is damaged has the digest of what was published. */
  private static ProducerRecord<byte[], byte[]> record(byte[] value, byte[] published) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.of(Target.ID).models(), Cluster.MODEL.getBytes(StandardCharsets.UTF_8), value);
    ModelDigest.addTo(record.headers(), published);
    return record;
  }

  private byte[] changed() {
    byte[] changed = bytes.anyOf(good);
    while (Arrays.equals(changed, good)) {
      changed = bytes.anyOf(good);
    }
    return changed;
  }

  private byte[] wrong() {
    Model model = SERDE.deserializer().deserialize("", good);
    Member member = model.getMembers().get(0);
    Shape shape = member.getShape();
    switch (random.nextInt(20)) {
      case 0 -> member.setWeights(withOne(member.getWeights(), Float.NaN));
      case 1 -> member.setWeights(withOne(member.getWeights(), Float.POSITIVE_INFINITY));
      case 2 -> member.setWeights(withOne(member.getWeights(), 1e30f));
      case 3 -> member.setWeights(ByteBuffer.wrap(new byte[random.nextInt(40)]));
      case 4 -> shape.setInputs(odd());
      case 5 -> shape.setLatent(odd());
      case 6 -> shape.setHidden1(odd());
      case 7 -> shape.setHidden2(odd());
      case 8 -> shape.setOutputs(odd());
      case 9 -> shape.setContinuous(odd());
      case 10 -> shape.setComponents(1 + random.nextInt(1_000_000));
      case 11 ->
          model.setFormatVersion(random.nextBoolean() ? 0 : random.nextInt(Integer.MAX_VALUE) + 2);
      case 12 -> model.setName(random.nextBoolean() ? "" : "other");
      case 13 -> model.setSha256("0".repeat(64));
      case 14 -> model.setMembers(List.of());
      case 15 -> model.setFeatures(List.of());
      case 16 -> model.setCalibration(List.of(Double.NaN, 1.0));
      case 17 -> model.setCalibrationSize(-random.nextInt(1_000));
      case 18 -> model.getSelfTest().setScore(random.nextGaussian());
      default -> {
        List<Feature> features = new ArrayList<>(model.getFeatures());
        features.get(0).setScale(random.nextBoolean() ? 0 : Double.NaN);
        model.setFeatures(features);
      }
    }
    return SERDE.serializer().serialize("", model);
  }

  private int odd() {
    int[] sizes = {-1, 0, 1_000, 1 << 16, Integer.MAX_VALUE, Integer.MIN_VALUE};
    return sizes[random.nextInt(sizes.length)];
  }

  private ByteBuffer withOne(ByteBuffer weights, float value) {
    ByteBuffer copy = ByteBuffer.allocate(weights.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    copy.put(weights.duplicate()).flip();
    copy.putFloat(Float.BYTES * random.nextInt(copy.remaining() / Float.BYTES), value);
    return copy;
  }
}
