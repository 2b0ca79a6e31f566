package io.nelbo.streams.cli;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.app.Broker;
import io.nelbo.streams.config.ClientConfig;
import io.nelbo.streams.models.ModelDigest;
import io.nelbo.streams.models.ModelKeys;
import io.nelbo.streams.models.ModelRecords;
import io.nelbo.streams.models.ModelTopic;
import io.nelbo.streams.topics.TopicSetup;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts a model that was trained elsewhere on the models topic. */
final class PublishModel {
  private PublishModel() {}

  /** Makes the models topic ready and returns the version that comes next there. */
  static long nextVersion(ClientConfig config) throws InterruptedException {
    try (Admin admin = new Broker(config).connect(() -> false)) {
      new TopicSetup(admin, config.topics(), config.windowDuration()).forModels();
    }
    ModelVersion newest = ModelTopic.newest(ModelTopic.read(config), config.modelName());
    return newest == null ? 1 : newest.version() + 1;
  }

  static void publish(ClientConfig config, ModelVersion model) throws InterruptedException {
    String topic = config.topics().models();
    byte[] value;
    try (SchemaRegistry registry = config.openRegistry()) {
      AvroSerde<Model> serde = AvroSerde.of(Model.class, registry);
      value = serde.serializer().serialize(topic, ModelRecords.toAvro(model));
    }
    // First the one to be kept: the other is at once in force.
    List<byte[]> keys =
        List.of(ModelKeys.kept(model.name(), model.version()), ModelKeys.inForce(model.name()));
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(config.producerProperties())) {
      for (byte[] key : keys) {
        ProducerRecord<byte[], byte[]> published = new ProducerRecord<>(topic, key, value);
        ModelDigest.addTo(published.headers(), value);
        producer.send(published).get();
      }
    } catch (ExecutionException e) {
      throw new CommandFailure("topic " + topic + " did not take the model: " + e.getMessage(), e);
    }
  }
}
