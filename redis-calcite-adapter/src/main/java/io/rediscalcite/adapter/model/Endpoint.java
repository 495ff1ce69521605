package io.rediscalcite.adapter.model;

/** One host and port of a connection URL. An IPv6 address has no brackets here. */
public record Endpoint(String host, int port) {
    /** As in a URL: {@code localhost:6379}, {@code [::1]:6379}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
