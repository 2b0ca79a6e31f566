/** What the columns of a record mean to a model: kinds, scaling, vocabularies, missing values. */
@NullMarked
package io.nelbo.model.feature;

import org.jspecify.annotations.NullMarked;
