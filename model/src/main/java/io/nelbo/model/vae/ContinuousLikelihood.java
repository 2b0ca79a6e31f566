package io.nelbo.model.vae;

/** The distribution of a continuous feature given the latent. */
public enum ContinuousLikelihood {
  GAUSSIAN,
  /** Student's t with 4 degrees of freedom, for windows that hold outliers themselves. */
  STUDENT_T
}
