package io.nelbo.streams.demo;

/** Where a record stands in the input topic. */
record Coordinates(int partition, long offset) {}
