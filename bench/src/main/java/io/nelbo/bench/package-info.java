/** Benchmarks: what Nelbo's speed claims rest on. */
@NullMarked
package io.nelbo.bench;

import org.jspecify.annotations.NullMarked;
