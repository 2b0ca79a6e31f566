package io.nelbo.streams.input;

/**
 * What a decode plan does with one value: it reads all of the value's bytes, and puts the number in
 * a feature's slot or leaves it.
 */
interface Step {
  void run(AvroBytes in, Row row) throws BadRecordException;
}
