package io.nelbo.streams.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.streams.OperationsPage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
  @Test
  void everyMetricOfTheOperationsPageIsTold() throws IOException {
    List<String> asked =
        OperationsPage.metrics().stream()
            .filter(name -> !name.startsWith("p-value-")) // together a histogram, see PValues
            .filter(name -> !name.equals("alerts-total")) // the sum of those by severity
            .toList();

    assertThat(asked).hasSizeGreaterThan(30);
    assertThat(Catalog.byMetric()).containsKeys(asked.toArray(String[]::new));
  }
}
