/** JMH benchmarks of what is done for one record. */
@NullMarked
package io.nelbo.bench.micro;

import org.jspecify.annotations.NullMarked;
