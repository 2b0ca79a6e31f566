/** What a detector leaves for those who look on, at next to no cost to itself. */
@NullMarked
package io.nelbo.streams.live;

import org.jspecify.annotations.NullMarked;
