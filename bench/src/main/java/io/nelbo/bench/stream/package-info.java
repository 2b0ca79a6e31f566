/** End-to-end benchmarks: a real broker, a producer, a topology in a process of its own. */
@NullMarked
package io.nelbo.bench.stream;

import org.jspecify.annotations.NullMarked;
