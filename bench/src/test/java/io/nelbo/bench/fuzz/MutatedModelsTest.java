package io.nelbo.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MutatedModelsTest {
  @Test
  void sameSeedMutatesInTheSameWay() {
    MutatedModels one = new MutatedModels(7, 2);
    MutatedModels other = new MutatedModels(7, 2);

    for (int i = 0; i < 100; i++) {
      byte[] mutated = one.next().value();
      assertThat(mutated).isEqualTo(other.next().value()).isNotEqualTo(one.good().value());
    }
  }
}
