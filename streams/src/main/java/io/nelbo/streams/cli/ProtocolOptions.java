package io.nelbo.streams.cli;

import io.nelbo.model.quality.Initial;
import io.nelbo.model.quality.Interval;
import io.nelbo.model.quality.Protocol;
import io.nelbo.model.quality.Retraining;
import io.nelbo.streams.config.TrainerConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How an evaluation trains and tests. */
final class ProtocolOptions {
  private enum Name {
    SEMI,
    UNSUP,
    PREFIX,
    STREAM
  }

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--protocol",
      split = ",",
      paramLabel = "semi|unsup|prefix|stream",
      defaultValue = "semi",
      description = "See above (default: ${DEFAULT-VALUE}).")
  private List<Name> names = new ArrayList<>();

  @Option(
      names = "--initial",
      paramLabel = "N",
      defaultValue = "2048",
      description =
          "prefix and stream: how many records are learned from at first (default:"
              + " ${DEFAULT-VALUE}).")
  private int initial;

  @Option(
      names = "--initial-normal",
      description = "prefix and stream: the first N normal records; the anomalies among them go.")
  private boolean initialNormal;

  @ArgGroup private final IntervalOption interval = new IntervalOption();

  /** One of these; a block is the older word for an interval. */
  static final class IntervalOption {
    @Option(
        names = "--block",
        paramLabel = "N",
        description = "stream: how many records there are in a retrain interval (default: 2048).")
    private @Nullable Integer block;

    @Option(
        names = "--blocks",
        paramLabel = "N",
        description = "stream: how many retrain intervals of equal length there are.")
    private @Nullable Integer blocks;
  }

  @Option(
      names = "--retraining",
      split = ",",
      paramLabel = "never|always|policy",
      defaultValue = "never,always,policy",
      description =
          "stream: whether to learn after an interval, policy as the trainer would (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Retraining> retrainings = new ArrayList<>();

  /** The protocols under which each file is a set of its own. */
  List<Protocol> ofEachFile() {
    List<Protocol> protocols = new ArrayList<>();
    for (Name name : distinct(names)) {
      switch (name) {
        case SEMI -> protocols.add(Protocol.semi());
        case UNSUP -> protocols.add(Protocol.unsup());
        case PREFIX -> protocols.add(Protocol.prefix(initial()));
        case STREAM -> {}
      }
    }
    return protocols;
  }

  /** The protocols under which files of the same columns, one after the other, are one set. */
  List<Protocol> ofStreams(TrainerConfig config) {
    if (!names.contains(Name.STREAM)) {
      return List.of();
    }
    Interval every = interval();
    return distinct(retrainings).stream()
        .map(
            retraining ->
                Protocol.stream(
                    initial(), every, config.windowMaxRecords(), retraining, config.alertRate()))
        .toList();
  }

  private Interval interval() {
    Integer blocks = interval.blocks;
    if (blocks != null) {
      Parameters.require(spec, blocks > 0, "--blocks must be 1 or more, was " + blocks);
      return new Interval(Interval.Unit.INTERVALS, blocks);
    }
    int block = interval.block == null ? 2048 : interval.block;
    Parameters.require(spec, block > 0, "--block must be 1 or more, was " + block);
    return new Interval(Interval.Unit.RECORDS, block);
  }

  private Initial initial() {
    Parameters.require(spec, initial > 0, "--initial must be 1 or more, was " + initial);
    return new Initial(initial, initialNormal);
  }

  private static <T> Set<T> distinct(List<T> named) {
    return new LinkedHashSet<>(named);
  }
}
