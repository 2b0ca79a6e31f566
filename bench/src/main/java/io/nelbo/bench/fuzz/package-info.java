/** Bad input of every kind: records, models, settings, files. */
@NullMarked
package io.nelbo.bench.fuzz;

import org.jspecify.annotations.NullMarked;
