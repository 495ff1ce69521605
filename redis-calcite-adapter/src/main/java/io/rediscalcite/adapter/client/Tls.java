package io.rediscalcite.adapter.client;

import org.jspecify.annotations.Nullable;

/**
 * Whether and how connections are encrypted.
 *
 * @param verify whether the server's certificate must be trusted and must name the host
 * @param trustStore path of a PKCS#12, JKS or PEM file of trusted certificates; null for those of the JVM
 * @param keyStore path of a PKCS#12 or JKS file with the client's certificate and key, for mutual TLS
 */
public record Tls(
        boolean enabled,
        boolean verify,
        @Nullable String trustStore,
        @Nullable String trustStorePassword,
        @Nullable String keyStore,
        @Nullable String keyStorePassword) {
    public static final Tls OFF = new Tls(false, true, null, null, null, null);

    /** All but the passwords. */
    @Override
    public String toString() {
        return enabled ? "Tls[verify=" + verify + ", trustStore=" + trustStore + ", keyStore=" + keyStore + "]" : "off";
    }
}
