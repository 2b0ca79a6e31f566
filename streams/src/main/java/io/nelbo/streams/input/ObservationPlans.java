package io.nelbo.streams.input;

import io.nelbo.model.feature.Column;
import io.nelbo.model.feature.Features;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The plans for the records of one schema, the last used of each sort. NOT thread safe. */
final class ObservationPlans {
  private final Schema schema;
  private @Nullable ObservationPlan scoring;
  private @Nullable ObservationPlan learning;
  private @Nullable ObservationPlan checking;
  private @Nullable FeatureSelection checked;

  ObservationPlans(Schema schema) {
    this.schema = schema;
  }

  ObservationPlan scoring(Features features) {
    ObservationPlan plan = scoring;
    if (plan == null || !plan.isFor(features)) {
      plan = ObservationPlan.of(schema, features);
      scoring = plan;
    }
    return plan;
  }

  ObservationPlan learning(List<Column> columns) {
    ObservationPlan plan = learning;
    if (plan == null || !plan.isFor(columns)) {
      plan = ObservationPlan.of(schema, columns);
      learning = plan;
    }
    return plan;
  }

  ObservationPlan checking(FeatureSelection selection) {
    ObservationPlan plan = checking;
    if (plan == null || !selection.equals(checked)) {
      plan = ObservationPlan.of(schema, SchemaColumns.of(schema, selection).columns());
      checking = plan;
      checked = selection;
    }
    return plan;
  }
}
