package io.nelbo.streams.app;

/**
 * A Nelbo application from start to stop. {@link #start} is called once; {@link #close} may be
 * called from any thread, such as a shutdown hook, before, during and after everything else.
 */
public interface Application extends AutoCloseable {
  /**
   * Waits for a broker, creates and checks the topics, starts.
   *
   * @throws ApplicationException if no broker answers in time, a topic is not as it must be, or
   *     Kafka Streams does not start
   */
  void start() throws InterruptedException;

  /**
   * Waits until all that was in the input when the application started is processed and committed,
   * or until {@link #close}.
   *
   * @throws ApplicationException if the application died
   */
  void awaitCaughtUp() throws InterruptedException;

  /**
   * Waits for {@link #close}.
   *
   * @throws ApplicationException if the application died
   */
  void awaitEnd() throws InterruptedException;

  /** Stops, commits and leaves the consumer group. Calls after the first wait for the first. */
  @Override
  void close();
}
