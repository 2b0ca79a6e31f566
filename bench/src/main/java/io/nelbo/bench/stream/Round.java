package io.nelbo.bench.stream;

/**
 * What one run of one topology showed.
 *
 * @param recordsPerSecond while it had more than it could do
 * @param threadMicros CPU time of the stream threads a record
 * @param processMicros CPU time of the topology's process a record
 * @param outcome records that a read-committed consumer got
 * @param p50 latency in milliseconds at the fixed rate
 * @param p99 likewise
 */
record Round(
    double recordsPerSecond,
    double threadMicros,
    double processMicros,
    long outcome,
    double p50,
    double p99) {}
