package io.nelbo.streams.app;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.IntervalCounts;
import io.nelbo.schemas.Model;
import io.nelbo.schemas.ModelCommand;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.Score;
import io.nelbo.streams.config.NelboConfig;
import io.nelbo.streams.input.FixedSchemas;
import io.nelbo.streams.input.SchemaPublisher;
import io.nelbo.streams.input.SchemaSource;
import io.nelbo.streams.input.TopicSchemas;
import java.util.List;

/** Where an application looks schemas up, and what it puts there for others to look up. */
final class NelboSchemas {
  private NelboSchemas() {}

  /** The files of {@code value.schema} first, then the schemas topic. */
  static SchemaSource source(NelboConfig config) {
    try {
      return FixedSchemas.read(config.valueSchemas())
          .orElse(new TopicSchemas(config.consumerProperties(), config.topics().schemas()));
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
}
