package io.nelbo.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The commands in docs/operations.md, as a test gives them to a broker. */
public final class OperationsPage {
  public static final Path FILE = Path.of("..", "docs", "operations.md");

  /** A number in a list: 0.001 but not a digit of it. */
  private static final Pattern EDGE = Pattern.compile("(?<= )([01](?:\\.\\d+)?)(?=[,;])");

  private OperationsPage() {}

  /** Returns the ACLs, one an operation, for an application.id and an input topic. */
  public static List<AclBinding> acls(String applicationId, String input) throws IOException {
    List<AclBinding> bindings = new ArrayList<>();
    for (Command command : commands("kafka-acls.sh", applicationId, input)) {
      for (String operation : command.all("operation")) {
        bindings.add(
            new AclBinding(
                command.resource(),
                new AccessControlEntry(
                    command.one("allow-principal"),
                    "*",
                    AclOperation.fromString(constant(operation)),
                    AclPermissionType.ALLOW)));
      }
    }
    return bindings;
  }

  /** Returns the topics to create where Nelbo may not, for an application.id. */
  public static List<NewTopic> topics(String applicationId) throws IOException {
    List<NewTopic> topics = new ArrayList<>();
    for (Command command : commands("kafka-topics.sh", applicationId, "")) {
      Map<String, String> config = new TreeMap<>();
      for (String setting : command.all("config")) {
        String[] keyAndValue = setting.split("=", 2);
        config.put(keyAndValue[0], keyAndValue[1]);
      }
      int partitions = Integer.parseInt(command.one("partitions"));
      topics.add(
          new NewTopic(command.one("topic"), Optional.of(partitions), Optional.empty())
              .configs(config));
    }
    return topics;
  }

  /** Returns the names of the metrics, those with a placeholder by each of its values. */
  public static List<String> metrics() throws IOException {
    List<String> metrics = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      String[] cells = line.split(" \\| ", 3);
      if (cells.length == 3 && cells[1].matches("detector|trainer|both")) {
        Pattern.compile("`([a-z{][^`]*)`")
            .matcher(cells[0])
            .results()
            .map(name -> name.group(1))
            .forEach(name -> metrics.addAll(filledIn(name, cells[2])));
      }
    }
    return metrics;
  }

  private static List<String> filledIn(String name, String told) {
    if (!name.contains("{")) {
      return List.of(name);
    }
    Pattern value = name.contains("{severity}") ? Pattern.compile("`(\\w+)`") : EDGE;
    return value
        .matcher(told)
        .results()
        .map(filler -> name.replaceAll("\\{\\w+}", filler.group(1)))
        .toList();
  }

  private static List<Command> commands(String tool, String applicationId, String input)
      throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> line.startsWith(tool + " $KAFKA "))
        .map(line -> line.replace(" nelbo.", " " + applicationId + "."))
        .map(line -> line.replace("--topic readings", "--topic " + input))
        .map(Command::of)
        .toList();
  }

  /** {@code DescribeConfigs} as the constant {@code DESCRIBE_CONFIGS}. */
  private static String constant(String operation) {
    return operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  /** Options without their dashes, each followed by its value. */
  private record Command(List<String> words) {
    static Command of(String line) {
      List<String> words = new ArrayList<>(Arrays.asList(line.split(" +", -1)));
      words.removeAll(List.of("--add", "--create"));
      return new Command(List.copyOf(words.subList(2, words.size())));
    }

    List<String> all(String option) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < words.size(); i += 2) {
        if (words.get(i).equals("--" + option)) {
          values.add(words.get(i + 1));
        }
      }
      return values;
    }

    String one(String option) {
      List<String> values = all(option);
      if (values.size() != 1) {
        throw new AssertionError("one --" + option + " is wanted in " + words);
      }
      return values.get(0);
    }

    ResourcePattern resource() {
      PatternType pattern =
          all("resource-pattern-type").contains("prefixed")
              ? PatternType.PREFIXED
              : PatternType.LITERAL;
      for (ResourceType type :
          List.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
        List<String> names = all(type.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (!names.isEmpty()) {
          return new ResourcePattern(type, names.get(0), pattern);
        }
      }
      throw new AssertionError("no resource in " + words);
    }
  }
}
