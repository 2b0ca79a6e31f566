/** The topology that scores records and routes the outliers among them. */
@NullMarked
package io.nelbo.streams.detector;

import org.jspecify.annotations.NullMarked;
