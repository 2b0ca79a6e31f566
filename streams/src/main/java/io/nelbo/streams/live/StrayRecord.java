package io.nelbo.streams.live;

/**
 * A record that could not be scored.
 *
 * @param reason as in the header of its dead letter
 */
public record StrayRecord(
    String reason, String message, String topic, int partition, long offset, long atMs) {}
