/** The live page: what a person on call sees of a running Nelbo. */
@NullMarked
package io.nelbo.streams.page;

import org.jspecify.annotations.NullMarked;
