/** Settings: where they come from, what they may be, and what Kafka is told of them. */
@NullMarked
package io.nelbo.streams.config;

import org.jspecify.annotations.NullMarked;
