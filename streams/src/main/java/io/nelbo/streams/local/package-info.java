/** Kafka without installing Kafka: a broker in this JVM, and streams with planted anomalies. */
@NullMarked
package io.nelbo.streams.local;

import org.jspecify.annotations.NullMarked;
