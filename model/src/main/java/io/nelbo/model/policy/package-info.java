/** When a model is to be retrained, when not, and on what: decisions from numbers alone. */
@NullMarked
package io.nelbo.model.policy;

import org.jspecify.annotations.NullMarked;
