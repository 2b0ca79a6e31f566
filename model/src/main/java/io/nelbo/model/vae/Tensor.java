package io.nelbo.model.vae;

/**
 * The weight tensors of a network, in the order in which {@link Weights} lays them out. A matrix
 * has a row for each output; a bias is a matrix of one column. A network without linear paths has
 * none of their weights, one with the standard normal prior none of a prior's.
 */
public enum Tensor {
  ENCODER_1,
  ENCODER_1_BIAS,
  ENCODER_2,
  ENCODER_2_BIAS,
  MU_LINEAR,
  MU,
  MU_BIAS,
  LOG_VARIANCE,
  LOG_VARIANCE_BIAS,
  DECODER_1,
  DECODER_1_BIAS,
  DECODER_2,
  DECODER_2_BIAS,
  LOCATION_LINEAR,
  LOCATION,
  LOCATION_BIAS,
  RAW_VARIANCE,
  RAW_VARIANCE_BIAS,
  PRIOR_LOGITS,
  PRIOR_MEANS,
  PRIOR_LOG_VARIANCES;

  public int rows(Shape shape) {
    return switch (this) {
      case ENCODER_1, ENCODER_1_BIAS, DECODER_2, DECODER_2_BIAS -> shape.hidden1();
      case ENCODER_2, ENCODER_2_BIAS, DECODER_1, DECODER_1_BIAS -> shape.hidden2();
      case MU_LINEAR -> shape.linear() ? shape.latent() : 0;
      case MU, MU_BIAS, LOG_VARIANCE, LOG_VARIANCE_BIAS -> shape.latent();
      case LOCATION_LINEAR -> shape.linear() ? shape.outputs() : 0;
      case LOCATION, LOCATION_BIAS -> shape.outputs();
      case RAW_VARIANCE, RAW_VARIANCE_BIAS -> shape.continuous();
      case PRIOR_LOGITS, PRIOR_MEANS, PRIOR_LOG_VARIANCES -> shape.components();
    };
  }

  public int columns(Shape shape) {
    return switch (this) {
      case ENCODER_1, MU_LINEAR -> shape.inputs();
      case ENCODER_2, LOCATION, RAW_VARIANCE -> shape.hidden1();
      case MU, LOG_VARIANCE, DECODER_2 -> shape.hidden2();
      case DECODER_1, LOCATION_LINEAR, PRIOR_MEANS, PRIOR_LOG_VARIANCES -> shape.latent();
      default -> 1;
    };
  }
}
