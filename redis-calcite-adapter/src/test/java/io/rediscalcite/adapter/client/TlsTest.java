package io.rediscalcite.adapter.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.testing.RedisServerExtension;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().tls().set("tls-auth-clients", "yes");

    @TempDir
    static Path folder;

    private static RedisClient connect(int port, Tls tls) {
        return connect("127.0.0.1", port, tls);
    }

    private static RedisClient connect(String host, int port, Tls tls) {
        return RedisClient.connect(new ClientConfig(
                List.of(new Endpoint(host, port)),
                null,
                null,
                0,
                Mode.AUTO,
                null,
                tls,
                3000,
                5000,
                ReadFrom.MASTER,
                false));
    }

    private static Tls tls(boolean verify, @Nullable String trustStore, @Nullable String keyStore) {
        return new Tls(true, verify, trustStore, "p4ss", keyStore, "p4ss");
    }

    private static String pem() {
        return redis.tlsFile("caFile").toString();
    }

    private static String trustStore() throws Exception {
        KeyStore store = emptyStore();
        store.setCertificateEntry("ca", certificate("caFile"));
        return write(store, "trust.p12");
    }

    private static String keyStore() throws Exception {
        String text = Files.readString(redis.tlsFile("clientKeyFile"));
        byte[] key = Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]+-----", ""));
        PrivateKey privateKey = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client", privateKey, "p4ss".toCharArray(), new Certificate[] {certificate("clientCertFile")});
        return write(store, "client.p12");
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(String name) throws Exception {
        byte[] pem = Files.readAllBytes(redis.tlsFile(name));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private static String write(KeyStore store, String name) throws Exception {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "p4ss".toCharArray());
        }
        return file.toString();
    }

    private static void assertWorks(RedisClient connected) {
        try (RedisClient client = connected) {
            String large = "x".repeat(1_000_000);
            RedisNode node = client.masters().get(0);
            client.call(node, new Commands().add("SET", "k", large), WaitCheck.NONE);
            assertEquals(large, Texts.first(client.call(node, new Commands().add("GET", "k"), WaitCheck.NONE)));
        }
    }

    @Test
    void mutualTls() throws Exception {
        assertWorks(connect(redis.tlsPort(), tls(true, trustStore(), keyStore())));
        assertWorks(connect("localhost", redis.tlsPort(), tls(true, trustStore(), keyStore())));
    }

    @Test
    void certificatesInPem() throws Exception {
        assertWorks(connect(redis.tlsPort(), tls(true, pem(), keyStore())));
    }

    @Test
    void anyServerIsTrustedIfAsked() throws Exception {
        assertWorks(connect(redis.tlsPort(), tls(false, null, keyStore())));
    }

    @Test
    void anUnknownCertificateIsRefused() throws Exception {
        String keys = keyStore();
        assertRefused(redis.tlsPort(), tls(true, null, keys), "trustStore");
    }

    @Test
    void aClientWithoutCertificateIsRefused() {
        assertRefused(redis.tlsPort(), tls(true, pem(), null), "Can't connect");
    }

    @Test
    void tlsToAPortWithoutIt() throws Exception {
        assertRefused(redis.port(), tls(true, pem(), keyStore()), "tls=false");
    }

    @Test
    void aPortThatWantsTls() {
        assertRefused(redis.tlsPort(), Tls.OFF, "tls=true");
    }

    private static void assertRefused(int port, Tls tls, String advice) {
        RedisSqlException e =
                assertThrows(RedisSqlException.class, () -> connect(port, tls).close());
        assertEquals(SqlState.CANNOT_CONNECT, e.state(), e.getMessage());
        assertTrue(e.getMessage().contains(advice), e.getMessage());
        assertTrue(e.getMessage().contains(Integer.toString(port)), e.getMessage());
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws Exception {
        String trust = trustStore();
        List<Tls> mistakes = List.of(
                tls(true, "no/such/file.p12", null),
                new Tls(true, true, trust, "wrong-p4ss", null, null),
                tls(true, null, "no/such/file.p12"));
        for (Tls mistake : mistakes) {
            RedisSqlException e = assertThrows(RedisSqlException.class, () -> connect(redis.tlsPort(), mistake)
                    .close());
            assertEquals(SqlState.BAD_OPTION, e.state());
            assertTrue(e.getMessage().contains(".p12"), e.getMessage());
            assertFalse(e.getMessage().contains("p4ss"), e.getMessage());
        }
    }
}
