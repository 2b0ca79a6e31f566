package io.nelbo.streams.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioTest {
  @ParameterizedTest
  @EnumSource
  void sameSeedGivesTheSameRecords(ScenarioName name) {
    List<Generated> one = generate(name, 7, 30_000);
    List<Generated> other = generate(name, 7, 30_000);

    assertThat(one).isEqualTo(other).isNotEqualTo(generate(name, 8, 30_000));
  }

  @ParameterizedTest
  @EnumSource
  void plantsEveryKindAboutEquallyOftenAndRarely(ScenarioName name) {
    List<Generated> records = generate(name, 1, 400_000);

    Map<String, Set<Integer>> episodes =
        records.stream()
            .map(Generated::episode)
            .filter(Objects::nonNull)
            .collect(
                Collectors.groupingBy(
                    Episode::kind, Collectors.mapping(Episode::number, Collectors.toSet())));
    long planted = records.stream().filter(r -> r.episode() != null).count();

    assertThat(episodes).hasSize(6);
    assertThat(episodes.values()).allSatisfy(numbers -> assertThat(numbers.size()).isBetween(4, 9));
    assertThat(planted).isBetween(70L, 160L);
  }

  @ParameterizedTest
  @EnumSource
  void episodeConcernsOneSource(ScenarioName name) {
    Map<Integer, Set<String>> sources = new HashMap<>();
    for (Generated record : generate(name, 2, 100_000)) {
      Episode episode = record.episode();
      if (episode != null) {
        sources.computeIfAbsent(episode.number(), n -> new java.util.HashSet<>()).add(record.key());
      }
    }

    assertThat(sources.values()).isNotEmpty().allSatisfy(keys -> assertThat(keys).hasSize(1));
  }

  private static List<Generated> generate(ScenarioName name, long seed, int count) {
    Scenario scenario = name.start(seed);
    return Stream.generate(scenario::next).limit(count).toList();
  }
}
