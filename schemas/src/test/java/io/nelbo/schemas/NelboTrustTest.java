package io.nelbo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NelboTrustTest {
  private ClassSecurityPredicate before;

  @BeforeEach
  void startAsAProgramThatSetNothing() {
    before = ClassSecurityValidator.getGlobal();
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.DEFAULT);
  }

  @AfterEach
  void restore() {
    ClassSecurityValidator.setGlobal(before);
  }

  @Test
  void byDefaultAvroTrustsNoneOfNelbosClasses() {
    assertThat(ClassSecurityValidator.getGlobal().isTrusted(Alert.class)).isFalse();
  }

  @Test
  void generatedRecordsAndEnumsAreTrusted() {
    NelboTrust.establish();

    ClassSecurityValidator.validate(Alert.class);
    ClassSecurityValidator.validate(Contribution.class);
    ClassSecurityValidator.validate(Severity.class);
  }

  @Test
  void nothingElseBecomesTrusted() {
    NelboTrust.establish();

    assertThatThrownBy(() -> ClassSecurityValidator.validate(ProcessBuilder.class))
        .isInstanceOf(SecurityException.class);
    assertThatThrownBy(() -> ClassSecurityValidator.validate(AvroSerde.class))
        .isInstanceOf(SecurityException.class);
  }

  @Test
  void whatTheProgramTrustsStaysTrusted() {
    ClassSecurityValidator.setGlobal(type -> type == Thread.class);

    NelboTrust.establish();

    ClassSecurityValidator.validate(Thread.class);
    ClassSecurityValidator.validate(Alert.class);
  }

  @Test
  void theProgramsWayToRefuseStays() {
    ClassSecurityValidator.setGlobal(
        new ClassSecurityPredicate() {
          @Override
          public boolean isTrusted(Class<?> type) {
            return false;
          }

          @Override
          public void forbiddenClass(String className) {
            throw new IllegalStateException("ours refuses " + className);
          }
        });

    NelboTrust.establish();

    assertThatThrownBy(() -> ClassSecurityValidator.validate(Thread.class))
        .hasMessage("ours refuses java.lang.Thread");
  }

  @Test
  void trustIsEstablishedOnceWhileItLasts() {
    NelboTrust.establish();
    ClassSecurityPredicate first = ClassSecurityValidator.getGlobal();

    NelboTrust.establish();

    assertThat(ClassSecurityValidator.getGlobal()).isSameAs(first);
  }

  @Test
  void alertIsReadThoughTheProgramSetItsTrustAfterTheSerdeWasMade() {
    AvroSerde<Alert> serde = AvroSerde.of(Alert.class);
    ClassSecurityValidator.setGlobal(type -> type == Thread.class);
    byte[] bytes = serde.serializer().serialize("alerts", Records.alert());

    assertThat(serde.deserializer().deserialize("alerts", bytes)).isEqualTo(Records.alert());
    ClassSecurityValidator.validate(Thread.class);
  }
}
