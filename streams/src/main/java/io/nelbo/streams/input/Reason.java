package io.nelbo.streams.input;

/** Why a record cannot be scored; stands in the header of its dead letter. */
public enum Reason {
  /** The record has no value. */
  NULL_VALUE,
  /** The bytes are not what their schema says. */
  UNDECODABLE,
  /** The schema the bytes were written with is not known. */
  UNKNOWN_SCHEMA,
  /** None of the features has a value in the record. */
  NO_FEATURE,
  /** A feature's value is NaN or infinite. */
  NOT_FINITE
}
