/**
 * How good a detector is: on labelled data by protocols, rankings and alerts at a rate; without
 * labels by comparison with the detector it is to follow.
 */
@NullMarked
package io.nelbo.model.quality;

import org.jspecify.annotations.NullMarked;
