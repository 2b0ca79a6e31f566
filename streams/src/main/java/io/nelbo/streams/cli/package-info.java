/** The command line. Results go to stdout, everything else to stderr. */
@NullMarked
package io.nelbo.streams.cli;

import org.jspecify.annotations.NullMarked;
