/** Training of a variational autoencoder with DJL; the one package that touches a native engine. */
@NullMarked
package io.nelbo.model.train;

import org.jspecify.annotations.NullMarked;
