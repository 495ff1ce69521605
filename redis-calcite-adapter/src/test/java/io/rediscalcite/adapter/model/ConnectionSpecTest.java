package io.rediscalcite.adapter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSpecTest {
    private static ConnectionSpec parse(String url) {
        return ConnectionSpec.parse(url, Map.of());
    }

    private static String refusal(String url, Map<String, String> properties) {
        RedisSqlException refused = assertThrows(
                RedisSqlException.class, () -> ConnectionSpec.parse(url, properties), () -> url + " must be refused");
        assertEquals(SqlState.BAD_OPTION, refused.state());
        return String.valueOf(refused.getMessage());
    }

    private static String refusal(String url) {
        return refusal(url, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:redis-sql://, localhost:6379",
        "jdbc:redis-sql:///, localhost:6379",
        "jdbc:redis-sql://?batchSize=5, localhost:6379",
        "jdbc:redis-sql://user:pw@/3, localhost:6379",
        "jdbc:redis-sql://example.org, example.org:6379",
        "jdbc:redis-sql://example.org:7000/, example.org:7000",
        "'jdbc:redis-sql://a:1,b,c:65535', 'a:1,b:6379,c:65535'",
        "jdbc:redis-sql://[::1], [::1]:6379",
        "'jdbc:redis-sql://[::1]:7000,[fe80::1%25eth0]:7001', '[::1]:7000,[fe80::1%eth0]:7001'",
        "jdbc:redis-sql://10.0.0.1?mode=sentinel&masterName=m, 10.0.0.1:26379",
        "jdbc:redis-sql://?mode=Sentinel, localhost:26379"
    })
    void readsEndpoints(String url, String endpoints) {
        assertEquals(
                endpoints,
                String.join(
                        ",",
                        parse(url).endpoints().stream().map(Endpoint::toString).toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:redis-sql://alice:secret@h, alice, secret",
        "jdbc:redis-sql://alice@h, alice, ",
        "jdbc:redis-sql://:secret@h, , secret",
        "jdbc:redis-sql://alice:@h, alice, ",
        "jdbc:redis-sql://@h, , ",
        "jdbc:redis-sql://al%40ice:p%2Fa%3Ass%25@h, al@ice, p/a:ss%",
        "jdbc:redis-sql://alice:a:b@h, alice, a:b",
        "jdbc:redis-sql://alice:p@ss@h, alice, p@ss",
        "jdbc:redis-sql://h?user=alice&password=p%26w, alice, p&w",
        "jdbc:redis-sql://%D0%BA:%D0%BA%D0%BB%D1%8E%D1%87@h, к, ключ",
        "jdbc:redis-sql://a+b:c+d@h, a+b, c+d"
    })
    void readsCredentials(String url, String user, String password) {
        assertEquals(user, parse(url).user());
        assertEquals(password, parse(url).password());
    }

    @Test
    void propertiesWinOverTheUrl() {
        ConnectionSpec spec = ConnectionSpec.parse(
                "jdbc:redis-sql://alice:secret@h/1?batchSize=5&lex=JAVA",
                Map.of("user", "bob", "password", "other", "database", "2", "batchSize", "7", "LEX", "MYSQL"));

        assertEquals("bob", spec.user());
        assertEquals("other", spec.password());
        assertEquals(2, spec.database());
        assertEquals(7, spec.batchSize());
        assertEquals("MYSQL", spec.calcite().get("lex"));
    }

    @Test
    void everythingHasItsDefault() {
        ConnectionSpec spec = parse("jdbc:redis-sql://localhost");

        assertNull(spec.user());
        assertNull(spec.password());
        assertEquals(0, spec.database());
        assertEquals(ConnectionSpec.Mode.AUTO, spec.mode());
        assertNull(spec.masterName());
        assertFalse(spec.tls());
        assertTrue(spec.tlsVerify());
        assertNull(spec.trustStore());
        assertNull(spec.trustStorePassword());
        assertNull(spec.keyStore());
        assertNull(spec.keyStorePassword());
        assertNull(spec.model());
        assertTrue(spec.discover());
        assertEquals(100, spec.discoverSample());
        assertEquals(":", spec.keySeparator());
        assertEquals("redis", spec.schema());
        assertEquals(ConnectionSpec.Search.AUTO, spec.search());
        assertEquals(ConnectionSpec.AggregatePushdown.EXACT, spec.aggregatePushdown());
        assertEquals(ConnectionSpec.ReadFrom.MASTER, spec.readFrom());
        assertFalse(spec.readOnly());
        assertEquals(5000, spec.connectTimeoutMillis());
        assertEquals(30000, spec.commandTimeoutMillis());
        assertEquals(1000, spec.batchSize());
        assertEquals(1000, spec.scanCount());
        assertEquals(4, spec.prefetch());
        assertEquals(0, spec.parallelism());
        assertEquals(ConnectionSpec.OnBadValue.ERROR, spec.onBadValue());
        assertEquals(ConnectionSpec.OnConflict.ERROR, spec.onConflict());
        assertEquals(ZoneId.of("UTC"), spec.timeZone());
        assertTrue(spec.calcite().isEmpty());
    }

    @Test
    void everyOptionIsRead() {
        ConnectionSpec spec =
                parse("jdbc:redis-sql://h/5?mode=cluster&masterName=m&tls=true&tlsVerify=FALSE&trustStore=/t"
                        + "&trustStorePassword=a&keyStore=/k&keyStorePassword=b&model=m.json&discoverSample=1&keySeparator=%2F"
                        + "&schema=s&search=off&aggregatePushdown=None&readFrom=nearest&readOnly=true&connectTimeout=1"
                        + "&commandTimeout=2&batchSize=3&scanCount=4&prefetch=5&parallelism=6&onBadValue=null&onConflict=merge"
                        + "&timeZone=Europe/Berlin");

        assertEquals(5, spec.database());
        assertEquals(ConnectionSpec.Mode.CLUSTER, spec.mode());
        assertEquals("m", spec.masterName());
        assertTrue(spec.tls());
        assertFalse(spec.tlsVerify());
        assertEquals("/t", spec.trustStore());
        assertEquals("a", spec.trustStorePassword());
        assertEquals("/k", spec.keyStore());
        assertEquals("b", spec.keyStorePassword());
        assertEquals("m.json", spec.model());
        assertFalse(spec.discover());
        assertTrue(spec.with(ConnectionProperty.DISCOVER, "true").discover());
        assertEquals(1, spec.discoverSample());
        assertEquals("/", spec.keySeparator());
        assertEquals("s", spec.schema());
        assertEquals(ConnectionSpec.Search.OFF, spec.search());
        assertEquals(ConnectionSpec.AggregatePushdown.NONE, spec.aggregatePushdown());
        assertEquals(ConnectionSpec.ReadFrom.NEAREST, spec.readFrom());
        assertTrue(spec.readOnly());
        assertEquals(1, spec.connectTimeoutMillis());
        assertEquals(2, spec.commandTimeoutMillis());
        assertEquals(3, spec.batchSize());
        assertEquals(4, spec.scanCount());
        assertEquals(5, spec.prefetch());
        assertEquals(6, spec.parallelism());
        assertEquals(ConnectionSpec.OnBadValue.NULL, spec.onBadValue());
        assertEquals(ConnectionSpec.OnConflict.MERGE, spec.onConflict());
        assertEquals(ZoneId.of("Europe/Berlin"), spec.timeZone());
    }

    @Test
    void calcitesPropertiesArePassedOnUnderCalcitesNames() {
        ConnectionSpec spec =
                parse("jdbc:redis-sql://h?LEX=mysql&conformance=BABEL&fun=standard,oracle&caseSensitive=false");

        assertEquals(
                Map.of("lex", "mysql", "conformance", "BABEL", "fun", "standard,oracle", "caseSensitive", "false"),
                spec.calcite());
    }

    @ParameterizedTest
    @CsvSource({
        "batchsize=1, batchSize",
        "batch_size=1, batchSize",
        "timeout=1, connectTimeout",
        "TIMEZONE=UTC, timeZone",
        "pasword=hunter2, password",
        "lexx=JAVA, lex",
        "ssl=true, tls"
    })
    void anUnknownNameIsRefusedWithTheClosest(String option, String closest) {
        String message = refusal("jdbc:redis-sql://h?" + option);

        assertTrue(
                message.startsWith(
                        "There is no connection property '" + option.split("=")[0] + "'; closest valid names: "),
                message);
        assertTrue(message.contains(closest), message);
        assertFalse(message.contains("hunter2"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "batchSize=0; batchSize can't be '0': expected an integer from 1 to 1000000",
                "batchSize=; batchSize can't be ''",
                "batchSize=1.5; batchSize can't be '1.5'",
                "batchSize=99999999999999999999; batchSize can't be",
                "commandTimeout=-1; commandTimeout can't be '-1'",
                "parallelism=0; parallelism can't be '0': expected auto or an integer from 1 to 64",
                "parallelism=many; parallelism can't be 'many'",
                "mode=sentinal; mode can't be 'sentinal': expected one of auto, standalone, cluster, sentinel",
                "tls=yes; tls can't be 'yes': expected one of true, false",
                "keySeparator=; keySeparator can't be '': expected text that isn't empty",
                "timeZone=Europe/Berlim; timeZone can't be 'Europe/Berlim': expected a time zone such as UTC,"
                        + " Europe/Berlin or +02:00; closest valid names: Europe/Berlin",
                "lex=FOO; lex can't be 'FOO': expected one of big_query, oracle, mysql",
                "caseSensitive=maybe; caseSensitive can't be 'maybe'",
                "fun=standard,foo; fun has no function library 'foo'",
                "druidFetch=x; druidFetch can't be 'x': expected a number",
                "database=-1; database can't be '-1'"
            })
    void aBadValueIsRefusedByName(String option, String message) {
        String refusal = refusal("jdbc:redis-sql://h?" + option);

        assertTrue(refusal.startsWith("The connection property " + message), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "jdbc:redis-sql:localhost; The URL doesn't begin with jdbc:redis-sql://",
                "jdbc:redis-sql:/localhost; The URL doesn't begin with jdbc:redis-sql://",
                "jdbc:redis:localhost; The URL doesn't begin with jdbc:redis-sql://",
                "jdbc:redis-sql://h:0; The URL's host 'h' has the port '0'",
                "jdbc:redis-sql://h:65536; The URL's host 'h' has the port '65536'",
                "jdbc:redis-sql://h:; The URL's host 'h' has the port ''",
                "jdbc:redis-sql://h:abc; The URL's host 'h' has the port 'abc'",
                "jdbc:redis-sql://::1; The URL has an empty host",
                "jdbc:redis-sql://fe80::1; The URL's host 'fe80' has the port ':1': expected a number from 1 to 65535;"
                        + " an IPv6 address is written in brackets",
                "jdbc:redis-sql://:6379; The URL has an empty host",
                "jdbc:redis-sql://a,,b; The URL has an empty host",
                "jdbc:redis-sql://a,; The URL has an empty host",
                "jdbc:redis-sql://%20; The URL has an empty host",
                "jdbc:redis-sql://[::1; The URL's host '[::1' has a [ without a ]",
                "jdbc:redis-sql://[::1]x; The URL's host '[::1]x' has text behind the ]",
                "jdbc:redis-sql://h/abc; The connection property database can't be 'abc'",
                "jdbc:redis-sql://h/1/2; The connection property database can't be '1/2'",
                "jdbc:redis-sql://h?batchSize; The URL's option batchSize has no value",
                "jdbc:redis-sql://h?a=1&; The URL has an & without an option",
                "jdbc:redis-sql://h?batchSize=1&batchSize=2; The URL gives batchSize twice",
                "jdbc:redis-sql://a@h?user=b; The URL gives user twice",
                "jdbc:redis-sql://h?schema=%; The URL's schema has a % that",
                "jdbc:redis-sql://h?schema=%4; The URL's schema has a % that",
                "jdbc:redis-sql://h?schema=%zz; The URL's schema has a % that",
                "jdbc:redis-sql://h?schema=%ff; The URL's schema has a % that",
                "jdbc:redis-sql://%h; The URL's host has a % that"
            })
    void aMalformedUrlIsRefused(String url, String message) {
        assertTrue(refusal(url).startsWith(message), refusal(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:redis-sql://u:hun/ter2@h",
                "jdbc:redis-sql://u:hun?ter2@h",
                "jdbc:redis-sql://u:hun?ter=2@h",
                "jdbc:redis-sql://u:hunter2%@h",
                "jdbc:redis-sql://u:hunter2@h:99999",
                "jdbc:redis-sql://u:hunter2@h/x",
                "jdbc:redis-sql://u:hunter2@h?a=b",
                "jdbc:redis-sql://h?password=hunter2&batchSize=0",
                "jdbc:redis-sql://h?password=hunter2%",
                "jdbc:redis-sql://u:hunter2@[h"
            })
    void noPasswordIsInARefusal(String url) {
        String message = refusal(url);

        assertFalse(message.contains("hun"), message);
        assertFalse(message.contains("ter"), message.replace("character", ""));
    }

    @Test
    void noPasswordIsShown() {
        ConnectionSpec spec = parse(
                "jdbc:redis-sql://al%20ice:hunter2@h:1,[::1]:2/3?trustStore=/t&trustStorePassword=hunter3"
                        + "&keyStorePassword=hunter4&batchSize=5&keySeparator=%26&lex=JAVA&model=inline:%7Bpassword:hunter5%7D");

        assertEquals(
                "jdbc:redis-sql://al%20ice@h:1,[::1]:2/3?trustStore=%2Ft&model=inline:...&keySeparator=%26&batchSize=5&lex=JAVA",
                spec.redactedUrl());
        assertEquals(spec.redactedUrl(), spec.toString());
        assertEquals("hunter2", spec.password());
    }

    @Test
    void theRedactedUrlIsReadBack() {
        ConnectionSpec spec = parse("jdbc:redis-sql://a%2Fb@h:1,[::1]:2/3?keySeparator=%26%3D&schema=%D0%BA&lex=JAVA");

        assertEquals(spec, parse(spec.redactedUrl()));
    }

    @Property
    void anyTextSurvivesPercentEncoding(@ForAll @StringLength(min = 1, max = 12) String text) {
        String wellFormed = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        String encoded = ConnectionUrl.encode(wellFormed);

        assertEquals(wellFormed, parse("jdbc:redis-sql://h?schema=" + encoded).schema());
        assertEquals(
                wellFormed,
                parse("jdbc:redis-sql://" + encoded + ":" + encoded + "@h").password());
    }

    @Property
    void aUrlIsReadOrRefusedAndNothingElse(@ForAll @StringLength(max = 30) String rest) {
        try {
            assertFalse(parse("jdbc:redis-sql:" + rest).endpoints().isEmpty());
        } catch (RedisSqlException refused) {
            assertEquals(SqlState.BAD_OPTION, refused.state());
        }
    }

    @Test
    void acceptsItsOwnUrlsAlone() {
        assertTrue(ConnectionSpec.accepts("jdbc:redis-sql://h"));
        assertTrue(ConnectionSpec.accepts("jdbc:redis-sql:malformed"));
        assertFalse(ConnectionSpec.accepts("jdbc:redis://h"));
        assertFalse(ConnectionSpec.accepts("JDBC:REDIS-SQL://h"));
        assertFalse(ConnectionSpec.accepts("jdbc:redis-sqlite:x"));
        assertFalse(ConnectionSpec.accepts(" jdbc:redis-sql://h"));
        assertFalse(ConnectionSpec.accepts(null));
    }

    @Test
    void anEmptyUserOrPasswordIsNone() {
        ConnectionSpec spec = ConnectionSpec.parse("jdbc:redis-sql://h", Map.of("user", "", "password", ""));

        assertNull(spec.user());
        assertNull(spec.password());
    }

    @Test
    void aUrlOverridesAModelsConnection() {
        ConnectionSpec model = parse("jdbc:redis-sql://old:1?batchSize=5&keySeparator=%2F&lex=JAVA");
        ConnectionSpec url = parse("jdbc:redis-sql://new:2?batchSize=7&fun=standard");
        ConnectionSpec both = model.overriddenBy(url);

        assertEquals(List.of(new Endpoint("new", 2)), both.endpoints());
        assertEquals(7, both.batchSize());
        assertEquals("/", both.keySeparator());
        assertEquals(Map.of("lex", "JAVA", "fun", "standard"), both.calcite());
    }

    @ParameterizedTest
    @EnumSource(ConnectionProperty.class)
    void everyPropertyIsDescribedAndItsDefaultIsGood(ConnectionProperty property) {
        assertTrue(property.description().endsWith("."), property.description());
        String defaultValue = property.defaultValue();
        if (defaultValue != null) {
            assertEquals(defaultValue, property.normalize(defaultValue));
        }
        assertEquals(
                property.propertyName().toLowerCase(java.util.Locale.ROOT).contains("password"), property.isSecret());
        property.choices().forEach(choice -> assertEquals(choice, property.normalize(choice)));
    }

    @Test
    void theSpecHoldsEveryOptionOfTheContract() {
        assertEquals(
                List.of(
                        "user",
                        "password",
                        "database",
                        "mode",
                        "masterName",
                        "tls",
                        "tlsVerify",
                        "trustStore",
                        "trustStorePassword",
                        "keyStore",
                        "keyStorePassword",
                        "model",
                        "discover",
                        "discoverSample",
                        "keySeparator",
                        "schema",
                        "search",
                        "aggregatePushdown",
                        "readFrom",
                        "readOnly",
                        "connectTimeout",
                        "commandTimeout",
                        "batchSize",
                        "scanCount",
                        "prefetch",
                        "parallelism",
                        "onBadValue",
                        "onConflict",
                        "writeRetries",
                        "timeZone",
                        "logSlowerThan"),
                ConnectionProperty.names());
    }
}
