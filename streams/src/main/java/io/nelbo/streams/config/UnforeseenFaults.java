package io.nelbo.streams.config;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The net under the topologies: a record on which a processor fails in a way that nobody foresaw
 * goes to the dead letters, and the stream goes on. Not so if Kafka itself failed, say because no
 * schema could be looked up: then the record is good, and is read again once the thread is
 * replaced.
 */
public final class UnforeseenFaults extends LogAndContinueProcessingExceptionHandler {
  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    boolean kafkas =
        exception instanceof KafkaException && !(exception instanceof SerializationException);
    return kafkas ? Response.fail() : super.handleError(context, record, exception);
  }
}
