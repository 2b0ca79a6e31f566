/** The demo: a broker, a generated stream, both applications and the account of how they did. */
@NullMarked
package io.nelbo.streams.demo;

import org.jspecify.annotations.NullMarked;
