package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisClientConfig;
import org.redisson.config.SslVerificationMode;

/** The certificates and keys of the TLS properties, read once for all connections. */
record TlsMaterial(boolean verify, @Nullable TrustManagerFactory trust, @Nullable KeyManagerFactory keys) {
    /** Reads the files; one that can't be read is a BAD_OPTION that names it. */
    static TlsMaterial load(Tls tls) {
        if (!tls.enabled()) {
            return new TlsMaterial(true, null, null);
        }
        return new TlsMaterial(
                tls.verify(),
                tls.verify() && tls.trustStore() != null ? trust(tls.trustStore(), tls.trustStorePassword()) : null,
                tls.keyStore() != null ? keys(tls.keyStore(), tls.keyStorePassword()) : null);
    }

    void apply(RedisClientConfig redisson) {
        redisson.setSslVerificationMode(verify ? SslVerificationMode.STRICT : SslVerificationMode.NONE);
        if (trust != null) {
            redisson.setSslTrustManagerFactory(trust);
        }
        if (keys != null) {
            redisson.setSslKeyManagerFactory(keys);
        }
    }

    private static TrustManagerFactory trust(String file, @Nullable String password) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store(file, password));
            return factory;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unreadable("trustStore", file, e);
        }
    }

    private static KeyManagerFactory keys(String file, @Nullable String password) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store(file, password), password == null ? null : password.toCharArray());
            return factory;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unreadable("keyStore", file, e);
        }
    }

    private static KeyStore store(String file, @Nullable String password) throws IOException, GeneralSecurityException {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        // The JVM's default type reads both PKCS#12 and JKS.
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
                store.setCertificateEntry("certificate-" + store.size(), certificate);
            }
        } else {
            store.load(new ByteArrayInputStream(bytes), password == null ? null : password.toCharArray());
        }
        return store;
    }

    private static RedisSqlException unreadable(String property, String file, Exception e) {
        return new RedisSqlException(
                SqlState.BAD_OPTION,
                "The file of " + property + ", " + file + ", can't be read (" + e
                        + "). Check its path, its type (PKCS#12 or JKS; certificates also PEM) and " + property
                        + "Password.",
                e);
    }
}
