package io.nelbo.streams.app;

import io.nelbo.streams.topics.Permission;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/** What the broker does not allow an application once it runs, with the remedy. */
final class Denials {
  /** All that Kafka Streams tells of a topic of its own that it may not create. */
  private static final Pattern NOT_CREATED = Pattern.compile("Could not create topic (\\S+)\\.");

  private Denials() {}

  /** Says what behind an exception was denied, or returns null if nothing was. */
  static @Nullable String describe(Throwable e, String applicationId) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof GroupAuthorizationException) {
        return Permission.ofGroup(applicationId).denied();
      }
      if (cause instanceof TransactionalIdAuthorizationException) {
        return Permission.ofTransactions(applicationId).denied();
      }
      String message = String.valueOf(cause.getMessage());
      Matcher notCreated = NOT_CREATED.matcher(message);
      if (notCreated.matches() && cause.getCause() instanceof AuthorizationException) {
        return Permission.ofTopic(notCreated.group(1), Set.of(AclOperation.CREATE)).denied();
      }
      if (cause instanceof AuthorizationException) {
        return Causes.describe(e)
            + "; docs/operations.md lists what "
            + applicationId
            + " must be allowed";
      }
    }
    return null;
  }
}
