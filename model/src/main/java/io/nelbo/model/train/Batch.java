package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;

/**
 * The rows of one optimiser step, B of them, grouped by kind because each kind has its likelihood.
 *
 * @param input what the encoder sees (B × inputs)
 * @param numbers standardised continuous values, 0 where missing (B × continuous)
 * @param numbersPresent 1, or 0 where missing (B × continuous)
 * @param flags binary values as ±1, 0 where missing (B × binary)
 * @param categories one-hot, all 0 where missing (B × widths of the categorical features)
 * @param noise ε of the reparameterization z = μ + σ⊙ε (B × latent)
 */
record Batch(
    NDArray input,
    NDArray numbers,
    NDArray numbersPresent,
    NDArray flags,
    NDArray categories,
    NDArray noise) {}
