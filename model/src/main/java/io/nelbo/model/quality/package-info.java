/** How good a detector is on labelled data: protocols, rankings, alerts at a rate. */
@NullMarked
package io.nelbo.model.quality;

import org.jspecify.annotations.NullMarked;
