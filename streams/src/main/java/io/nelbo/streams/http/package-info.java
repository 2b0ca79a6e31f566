/** Serves over HTTP, and tells how the program is: live, ready. */
@NullMarked
package io.nelbo.streams.http;

import org.jspecify.annotations.NullMarked;
