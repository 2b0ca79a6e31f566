package io.nelbo.streams.detector;

import org.apache.kafka.streams.processor.api.RecordMetadata;

record TestMetadata(String topic, int partition, long offset) implements RecordMetadata {}
