/** Metrics that are read when someone asks, in Kafka's own registry and hence in JMX. */
@NullMarked
package io.nelbo.streams.metrics;

import org.jspecify.annotations.NullMarked;
