/** Terrible things done to real processes, and what of the records came through. */
@NullMarked
package io.nelbo.bench.fault;

import org.jspecify.annotations.NullMarked;
