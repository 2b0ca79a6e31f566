/** Long runs: whether memory, threads, files and latency stay what they are. */
@NullMarked
package io.nelbo.bench.soak;

import org.jspecify.annotations.NullMarked;
