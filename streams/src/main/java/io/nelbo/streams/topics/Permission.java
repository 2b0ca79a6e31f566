package io.nelbo.streams.topics;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/**
 * Something that the broker must allow this program: what an error says of it, remedy included.
 *
 * @param prefixed whether it is about all resources whose names begin so
 */
public record Permission(
    ResourceType resource, String name, boolean prefixed, Set<AclOperation> operations) {
  public Permission {
    operations = Set.copyOf(operations);
  }

  public static Permission ofTopic(String topic, Collection<AclOperation> operations) {
    return new Permission(ResourceType.TOPIC, topic, false, Set.copyOf(operations));
  }

  public static Permission ofGroup(String group) {
    return new Permission(ResourceType.GROUP, group, false, Set.of(AclOperation.READ));
  }

  /** Kafka Streams begins its transactional ids with its application.id. */
  public static Permission ofTransactions(String applicationId) {
    return new Permission(
        ResourceType.TRANSACTIONAL_ID, applicationId + "-", true, Set.of(AclOperation.WRITE));
  }

  /** Says that the broker does not allow it, and what to do. */
  public String denied() {
    return "%s %s%s: the broker does not allow this program to %s; kafka-acls.sh --add --allow-principal User:NAME %s --%s %s%s"
        .formatted(
            kind(),
            name,
            prefixed ? "*" : "",
            operations("", " and "),
            operations("--operation ", " "),
            kind(),
            name,
            prefixed ? " --resource-pattern-type prefixed" : "");
  }

  private String kind() {
    return resource.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String operations(String before, String between) {
    return EnumSet.copyOf(operations).stream()
        .map(operation -> before + SecurityUtils.operationName(operation))
        .collect(Collectors.joining(between));
  }
}
