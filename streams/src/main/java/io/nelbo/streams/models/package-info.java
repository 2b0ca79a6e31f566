/** Published models: as records, in force, on their topic. */
@NullMarked
package io.nelbo.streams.models;

import org.jspecify.annotations.NullMarked;
