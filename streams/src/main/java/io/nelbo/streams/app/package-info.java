/** The life of the applications: waiting for a broker, starting, catching up, failing, stopping. */
@NullMarked
package io.nelbo.streams.app;

import org.jspecify.annotations.NullMarked;
