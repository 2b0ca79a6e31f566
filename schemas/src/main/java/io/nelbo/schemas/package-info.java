/**
 * What Nelbo writes, as Avro records, and the serde that gives them bytes.
 *
 * <p>Not null-marked as a whole: the records are generated, and their setters take null wherever
 * the schema does.
 */
package io.nelbo.schemas;
