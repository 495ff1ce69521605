package io.rediscalcite.adapter;

import io.rediscalcite.adapter.client.ClientConfig;
import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.client.Mode;
import io.rediscalcite.adapter.client.ReadFrom;
import io.rediscalcite.adapter.client.Tls;
import io.rediscalcite.adapter.model.ConnectionSpec;

/** Tells the client, which knows nothing of URLs, what a connection's options ask of it. */
final class ClientConfigs {
    private ClientConfigs() {}

    static ClientConfig of(ConnectionSpec spec) {
        Tls tls = new Tls(
                spec.tls(),
                spec.tlsVerify(),
                spec.trustStore(),
                spec.trustStorePassword(),
                spec.keyStore(),
                spec.keyStorePassword());
        return new ClientConfig(
                spec.endpoints().stream()
                        .map(endpoint -> new Endpoint(endpoint.host(), endpoint.port()))
                        .toList(),
                spec.user(),
                spec.password(),
                spec.database(),
                Mode.valueOf(spec.mode().name()),
                spec.masterName(),
                tls,
                spec.connectTimeoutMillis(),
                spec.commandTimeoutMillis(),
                ReadFrom.valueOf(spec.readFrom().name()),
                false);
    }
}
