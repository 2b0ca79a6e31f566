/** The variational autoencoder: shape, weights, the scoring kernel, likelihoods and the ELBO. */
@NullMarked
package io.nelbo.model.vae;

import org.jspecify.annotations.NullMarked;
