package io.nelbo.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the files of a deployment name is there: settings, paths, topics; and ports are local. */
class DeploymentTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TOPIC =
      Pattern.compile("kafka-topics.sh .* --topic (\\S+) --partitions (\\d+)(.*)");
  private static final Pattern CONFIG = Pattern.compile("--config ([^=\\s]+)=(\\S+)");

  private final JsonNode compose = yaml("docker-compose.yml").get(0);
  private final List<JsonNode> kubernetes = yaml("deploy/kubernetes/nelbo.yaml");

  private static List<JsonNode> yaml(String file) {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(ROOT.resolve(file).toFile())) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void settingsOfTheComposeFileExist() {
    List<String> keys = new ArrayList<>();
    for (JsonNode service : compose.get("services")) {
      for (JsonNode word : service.path("command")) {
        if (word.asText().contains("=")) {
          keys.add(word.asText().substring(0, word.asText().indexOf('=')));
        }
      }
    }

    assertThat(keys).contains("input.topic", "http.port");
    assertThat(KafkaSettings.unknown(Set.copyOf(keys))).isEmpty();
  }

  @Test
  void portsOfTheComposeFileAreOnLoopbackAndEveryServiceHasAHealthCheck() {
    compose
        .get("services")
        .properties()
        .forEach(
            service -> {
              for (JsonNode port : service.getValue().path("ports")) {
                assertThat(port.asText()).as(service.getKey()).startsWith("127.0.0.1:");
              }
              boolean isNelbo = service.getValue().has("<<");
              assertThat(isNelbo || service.getValue().has("healthcheck"))
                  .as(service.getKey())
                  .isTrue();
            });
    assertThat(compose.get("x-nelbo").has("healthcheck")).isTrue();
  }

  @Test
  void filesThatTheComposeFileMountsExist() {
    for (JsonNode service : compose.get("services")) {
      for (JsonNode volume : service.path("volumes")) {
        String path = volume.asText().substring(0, volume.asText().indexOf(':'));
        if (path.startsWith("./")) {
          assertThat(ROOT.resolve(path)).isRegularFile();
        }
      }
    }
  }

  @Test
  void archiveHasTheFoldersThatTheOperationsPageNames() throws IOException {
    String assembly = Files.readString(Path.of("src", "main", "assembly", "dist.xml"));

    assertThat(
            Pattern.compile("<outputDirectory>(.*?)</outputDirectory>").matcher(assembly).results())
        .extracting(folder -> folder.group(1))
        .contains("bin", "lib", "conf", "docs");
    assertThat(assembly).contains("<format>tar.gz</format>", "<include>nelbo</include>");
  }

  @Test
  void settingsOfTheKubernetesManifestHold() throws IOException {
    JsonNode files = document("ConfigMap").get("data");
    Map<String, String> environment = Map.of("POD_NAME", "nelbo-detector-0");

    Map<String, String> detector = settings(files, "detector.properties");
    detector.putAll(settings(files, "shared.properties"));
    detector.replaceAll((key, value) -> value.replace("${env:POD_NAME}", "nelbo-detector-0"));
    Map<String, String> trainer = settings(files, "trainer.properties");
    trainer.putAll(settings(files, "shared.properties"));

    assertThat(KafkaSettings.unknown(detector.keySet())).isEmpty();
    assertThat(KafkaSettings.unknown(trainer.keySet())).isEmpty();
    assertThat(DetectorConfig.of(Settings.of(detector)).streamsProperties())
        .containsEntry("group.instance.id", environment.get("POD_NAME"));
    assertThat(TrainerConfig.of(Settings.of(trainer)).applicationId()).isEqualTo("nelbo");
  }

  private static Map<String, String> settings(JsonNode files, String name) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(files.get(name).asText()));
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, properties::getProperty));
  }

  @Test
  void podsAreProbedWhereNelboAnswersAndHaveNoRights() {
    for (String kind : List.of("StatefulSet", "Deployment")) {
      JsonNode pod = document(kind).at("/spec/template/spec");
      JsonNode container = pod.get("containers").get(0);
      assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
      assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
      assertThat(container.at("/ports/0/containerPort").asText())
          .isEqualTo(
              document("ConfigMap")
                  .at("/data/shared.properties")
                  .asText()
                  .replaceAll("(?s).*http.port=(\\d+).*", "$1"));
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    }
    assertThat(document("StatefulSet").at("/spec/podManagementPolicy").asText())
        .isEqualTo("Parallel");
    assertThat(
            document("Deployment")
                .at("/spec/template/spec/containers/0/resources/limits")
                .has("nvidia.com/gpu"))
        .isTrue();
  }

  private JsonNode document(String kind) {
    return kubernetes.stream()
        .filter(document -> document.get("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  /** LeastPrivilegeIT creates the topics as the page says, and Nelbo is content with them. */
  @Test
  void topicsOfStrimziAreThoseOfTheOperationsPage() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/operations.md"));
    Map<String, Map<String, String>> documented = new TreeMap<>();
    for (MatchResult line : TOPIC.matcher(page).results().toList()) {
      Map<String, String> topic = new TreeMap<>();
      CONFIG.matcher(line.group(3)).results().forEach(c -> topic.put(c.group(1), c.group(2)));
      topic.put("partitions", line.group(2));
      documented.put(line.group(1), topic);
    }
    Map<String, Map<String, String>> strimzi = new TreeMap<>();
    for (JsonNode document : yaml("deploy/kubernetes/strimzi-topics.yaml")) {
      Map<String, String> topic = new TreeMap<>();
      document
          .at("/spec/config")
          .properties()
          .forEach(config -> topic.put(config.getKey(), config.getValue().asText()));
      topic.put("partitions", document.at("/spec/partitions").asText());
      strimzi.put(document.at("/metadata/name").asText(), topic);
    }

    assertThat(documented).hasSizeGreaterThan(9);
    assertThat(strimzi).isEqualTo(documented);
  }
}
