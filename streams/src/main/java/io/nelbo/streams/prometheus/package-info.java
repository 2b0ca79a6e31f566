/** Kafka's metrics, and Nelbo's among them, as Prometheus reads them. */
@NullMarked
package io.nelbo.streams.prometheus;

import org.jspecify.annotations.NullMarked;
