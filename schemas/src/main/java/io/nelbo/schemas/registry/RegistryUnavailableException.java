package io.nelbo.schemas.registry;

import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** A schema registry did not answer for as long as there was patience; it may answer later. */
public final class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1;

  RegistryUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
