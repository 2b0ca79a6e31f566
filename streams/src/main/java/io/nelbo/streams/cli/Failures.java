package io.nelbo.streams.cli;

import io.nelbo.model.train.TrainingException;
import io.nelbo.streams.app.ApplicationException;
import io.nelbo.streams.config.ConfigProblems;
import io.nelbo.streams.file.FileFormatException;
import io.nelbo.streams.topics.TopicException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells the user what went wrong, in one line and without a stack trace, and picks the exit code.
 */
final class Failures {
  private Failures() {}

  static int report(Exception failure, PrintWriter err, boolean withStackTrace) {
    if (withStackTrace) {
      failure.printStackTrace(err);
    }
    if (failure instanceof ConfigProblems wrong) {
      err.println("nelbo: the settings are wrong, nothing was started:");
      wrong.problems().forEach(problem -> err.println("  " + problem));
      return Nelbo.WRONG_USAGE;
    }
    err.println("nelbo: " + message(failure));
    return Nelbo.FAILED;
  }

  static int reportUsage(ParameterException wrong, PrintWriter err) {
    CommandLine command = wrong.getCommandLine();
    err.println("nelbo: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return Nelbo.WRONG_USAGE;
  }

  private static String message(Exception failure) {
    String text = String.valueOf(failure.getMessage());
    if (failure instanceof NoSuchFileException) {
      return text + ": no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return text + ": permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return text + ": exists already";
    }
    if (isForTheUser(failure) && failure.getMessage() != null) {
      return text;
    }
    if (failure instanceof KafkaException) {
      return "Kafka: " + text;
    }
    return failure.getClass().getSimpleName() + ": " + text + " (-v shows where)";
  }

  /** Whether the message was written to be read by the user of a command. */
  private static boolean isForTheUser(Exception failure) {
    return failure instanceof CommandFailure
        || failure instanceof ApplicationException
        || failure instanceof TopicException
        || failure instanceof TrainingException
        || failure instanceof FileFormatException
        || failure instanceof IllegalArgumentException
        || failure instanceof IOException;
  }
}
