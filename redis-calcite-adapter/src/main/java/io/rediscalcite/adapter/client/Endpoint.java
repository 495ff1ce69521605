package io.rediscalcite.adapter.client;

/** A host and a port to connect to. The host is a name or an address, IPv6 without brackets. */
public record Endpoint(String host, int port) {
    /** As it stands in URLs and messages: {@code localhost:6379}, {@code [::1]:6379}. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
