package io.nelbo.model.train;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.feature.FeatureKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one optimiser step, B of them.
 *
 * @param input what the encoder sees (B × inputs)
 * @param targets what the decoder is to give, for each kind of feature that there is: standardised
 *     continuous values, 0 where missing; binary values as ±1, 0 where missing; one-hot categories,
 *     all 0 where missing (B × width of the kind)
 * @param present 1, or 0 where a continuous value is missing (B × continuous); null where none may
 * @param noise ε of the reparameterization z = μ + σ⊙ε (B × latent)
 * @param size B
 */
record Batch(
    NDArray input,
    Map<FeatureKind, NDArray> targets,
    @Nullable NDArray present,
    NDArray noise,
    NDArray size) {}
