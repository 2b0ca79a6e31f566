/** Reference detectors to measure the VAE against; nothing else depends on them. */
@NullMarked
package io.nelbo.model.baseline;

import org.jspecify.annotations.NullMarked;
