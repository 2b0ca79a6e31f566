/** A model that can be trusted to score: its calibration, its contributions, its bytes. */
@NullMarked
package io.nelbo.model.score;

import org.jspecify.annotations.NullMarked;
