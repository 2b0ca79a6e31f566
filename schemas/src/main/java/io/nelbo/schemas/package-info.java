/** What Nelbo writes, as Avro records, and the serde that gives them bytes. */
@NullMarked
package io.nelbo.schemas;

import org.jspecify.annotations.NullMarked;
