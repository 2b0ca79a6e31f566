package io.nelbo.streams.local;

/**
 * A planted anomaly: a few records of one source with one cause.
 *
 * @param number counts the episodes of a stream from 1
 * @param kind what was planted, such as {@code leak}
 */
public record Episode(int number, String kind) {}
