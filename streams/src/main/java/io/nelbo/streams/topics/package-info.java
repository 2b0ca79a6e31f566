/** The topics of a Nelbo: their names, headers and settings. */
@NullMarked
package io.nelbo.streams.topics;

import org.jspecify.annotations.NullMarked;
