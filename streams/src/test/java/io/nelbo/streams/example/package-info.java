/** Programs that the documents show. */
@NullMarked
package io.nelbo.streams.example;

import org.jspecify.annotations.NullMarked;
