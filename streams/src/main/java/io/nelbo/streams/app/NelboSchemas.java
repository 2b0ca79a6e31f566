package io.nelbo.streams.app;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.registry.RegistryUnavailableException;
import io.nelbo.schemas.registry.SchemaRegistry;
import io.nelbo.streams.config.DetectorConfig;
import io.nelbo.streams.config.NelboConfig;
import io.nelbo.streams.config.TrainerConfig;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.RegistrySchemas;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.input.TopicSchemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;

/** Where schemas are looked up, and what an application puts there for others to look up. */
public final class NelboSchemas {
  private NelboSchemas() {}

  /**
   * The files of {@code value.schema} first, then the schemas topic, and a registry if there is
   * one; to be closed.
   */
  public static SchemaSource source(NelboConfig config) {
    try {
      SchemaSource source =
          FixedSchemas.read(config.valueSchemas())
              .orElse(new TopicSchemas(config.consumerProperties(), config.topics().schemas()));
      SchemaRegistry registry = config.openRegistry();
      return registry == null ? source : source.orElse(new RegistrySchemas(registry));
    } catch (IllegalArgumentException e) {
      throw new ApplicationException("value.schema cannot be read: " + e.getMessage(), e);
    }
  }

  /** Publishes the schemas of what is published, for readers that have no Nelbo. */
  static void publish(NelboConfig config) {
    SchemaPublisher.publish(
        config.adminProperties(),
        config.topics().schemas(),
        List.of(
            Alert.getClassSchema(),
            Score.getClassSchema(),
            Model.getClassSchema(),
            IntervalCounts.getClassSchema(),
            ModelEvent.getClassSchema(),
            ModelCommand.getClassSchema()));
  }

  /** Registers what a detector writes, if there is a registry. */
  static void register(DetectorConfig config, SchemaSource schemas) {
    Map<String, Schema> written = new LinkedHashMap<>();
    written.put(config.topics().alerts(), Alert.getClassSchema());
    if (config.scoresEnabled()) {
      written.put(config.topics().scores(), Score.getClassSchema());
    }
    register(written, schemas);
  }

  /** Registers what a trainer writes, if there is a registry. */
  static void register(TrainerConfig config, SchemaSource schemas) {
    register(Map.of(config.topics().models(), Model.getClassSchema()), schemas);
  }

  /** Tells all refusals at once, before there is a record that could not be written. */
  private static void register(Map<String, Schema> written, SchemaSource schemas) {
    SchemaRegistry registry = schemas.registry();
    if (registry == null) {
      return;
    }
    List<String> refusals = new ArrayList<>();
    written.forEach(
        (topic, schema) -> {
          try {
            int unused = registry.idOf(topic, schema);
          } catch (RegistryUnavailableException e) {
            throw new ApplicationException(String.valueOf(e.getMessage()), e);
          } catch (KafkaException e) {
            refusals.add(e.getMessage());
          }
        });
    if (!refusals.isEmpty()) {
      throw new ApplicationException(String.join("\n", refusals));
    }
  }

  /** Ends the wait for a registry that is away, so that whoever waits can stop. */
  static void stopWaiting(SchemaSource schemas) {
    SchemaRegistry registry = schemas.registry();
    if (registry != null) {
      registry.close();
    }
  }
}
