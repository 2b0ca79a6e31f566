package io.nelbo.model.feature;

/** How the values of a feature are distributed, and hence which likelihood scores them. */
public enum FeatureKind {
  /** A number, standardised by the mean and scale of the training window. */
  CONTINUOUS,
  /** True or false; ±1 at the encoder. */
  BINARY,
  /** One of a vocabulary, or OTHER; one-hot at the encoder. */
  CATEGORICAL
}
