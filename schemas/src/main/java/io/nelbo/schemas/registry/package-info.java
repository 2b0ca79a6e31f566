/** Avro schemas by their ids in a registry that speaks Confluent's REST API. */
@NullMarked
package io.nelbo.schemas.registry;

import org.jspecify.annotations.NullMarked;
