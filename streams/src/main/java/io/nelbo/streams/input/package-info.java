/** From the bytes of a record to an observation: schemas, encodings, columns, reasons to refuse. */
@NullMarked
package io.nelbo.streams.input;

import org.jspecify.annotations.NullMarked;
