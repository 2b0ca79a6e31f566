/** Processes: what is done to them from outside, and what can be seen of them. */
@NullMarked
package io.nelbo.bench.process;

import org.jspecify.annotations.NullMarked;
