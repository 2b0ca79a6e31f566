/** Whether a model still describes what it scores: as a whole, and feature by feature. */
@NullMarked
package io.nelbo.model.drift;

import org.jspecify.annotations.NullMarked;
