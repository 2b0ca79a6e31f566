package io.nelbo.schemas;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.NullMarked;

/**
 * Avro's trust in Nelbo's generated classes, and in no others.
 *
 * <p>Avro makes objects only of classes that one predicate, global to the JVM, trusts; by default
 * that is none. This one adds the generated records and enums of this package to whatever the
 * program had set, whose own answers, and way to refuse, stay as they were.
 */
@NullMarked
final class NelboTrust implements ClassSecurityPredicate {
  private final ClassSecurityPredicate before;

  private NelboTrust(ClassSecurityPredicate before) {
    this.before = before;
  }

  /** Sees to it that the generated classes are trusted now, whoever set the predicate last. */
  static synchronized void establish() {
    ClassSecurityPredicate current = ClassSecurityValidator.getGlobal();
    if (!(current instanceof NelboTrust) && !current.isTrusted(Alert.class)) {
      ClassSecurityValidator.setGlobal(new NelboTrust(current));
    }
  }

  @Override
  public boolean isTrusted(Class<?> type) {
    return isGenerated(type) || before.isTrusted(type);
  }

  private static boolean isGenerated(Class<?> type) {
    return type.getPackageName().equals(NelboTrust.class.getPackageName())
        && type.getClassLoader() == NelboTrust.class.getClassLoader()
        && (SpecificRecordBase.class.isAssignableFrom(type) || type.isEnum());
  }

  @Override
  public void forbiddenClass(String className) {
    before.forbiddenClass(className);
  }
}
