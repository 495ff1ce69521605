package io.rediscalcite.adapter.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect, as whom, and how long to wait.
 *
 * @param endpoints tried in order until one answers; not empty
 * @param user ACL user; null for the default user
 * @param masterName the sentinel's name of the master; null to take the only one
 * @param connectTimeoutMillis for one address, from the first packet to the end of the handshake
 * @param commandTimeoutMillis how long a server may be silent while replies are awaited; 0 for ever
 * @param resp3 whether replies come in RESP3
 */
public record ClientConfig(
        List<Endpoint> endpoints,
        @Nullable String user,
        @Nullable String password,
        int database,
        Mode mode,
        @Nullable String masterName,
        Tls tls,
        int connectTimeoutMillis,
        int commandTimeoutMillis,
        ReadFrom readFrom,
        boolean resp3) {
    public ClientConfig {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no endpoint");
        }
    }

    /** One endpoint, no credentials, and the defaults of the connection properties. */
    public static ClientConfig of(String host, int port) {
        return new ClientConfig(
                List.of(new Endpoint(host, port)),
                null,
                null,
                0,
                Mode.AUTO,
                null,
                Tls.OFF,
                5000,
                30000,
                ReadFrom.MASTER,
                false);
    }

    /** All but the password. */
    @Override
    public String toString() {
        return "ClientConfig[endpoints=" + endpoints + ", user=" + user + ", database=" + database + ", mode=" + mode
                + ", masterName=" + masterName + ", tls=" + tls + ", connectTimeout=" + connectTimeoutMillis
                + ", commandTimeout=" + commandTimeoutMillis + ", readFrom=" + readFrom + "]";
    }
}
