/** The topology that keeps the window, retrains on it and publishes what passes the veto. */
@NullMarked
package io.nelbo.streams.trainer;

import org.jspecify.annotations.NullMarked;
