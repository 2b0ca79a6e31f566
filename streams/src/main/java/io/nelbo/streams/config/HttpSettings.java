package io.nelbo.streams.config;

/**
 * Where to listen for HTTP.
 *
 * @param host a name or address of this machine
 * @param port 0 for any that is free
 */
public record HttpSettings(String host, int port) {}
