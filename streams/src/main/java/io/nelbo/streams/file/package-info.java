/** Files of records (CSV, NDJSON, Avro containers, gzip'ed or not) read as Avro records. */
@NullMarked
package io.nelbo.streams.file;

import org.jspecify.annotations.NullMarked;
