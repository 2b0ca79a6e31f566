/** Linear algebra that more than one way of modelling needs. */
@NullMarked
package io.nelbo.model.linear;

import org.jspecify.annotations.NullMarked;
