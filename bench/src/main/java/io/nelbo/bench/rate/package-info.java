/** Benchmarks of a whole method's rate: beside a peer, and of training. */
@NullMarked
package io.nelbo.bench.rate;

import org.jspecify.annotations.NullMarked;
