package io.rediscalcite.adapter.model;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a connection was told: where the server is, and each option, checked.
 *
 * <p>Neither {@link #toString()} nor {@link #redactedUrl()} shows a password.
 *
 * @param endpoints at least one
 * @param given the options that were given, in the one spelling that is kept; the others have their default. Holds the
 *     passwords too
 * @param calcite Calcite's own connection properties, under the names that Calcite writes
 */
public record ConnectionSpec(
        List<Endpoint> endpoints, Map<ConnectionProperty, String> given, Map<String, String> calcite) {
    private static final String LOCALHOST = "localhost";
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26_379;

    /** What the endpoints are. */
    public enum Mode {
        AUTO,
        STANDALONE,
        CLUSTER,
        SENTINEL
    }

    /** Whether search indexes may answer. */
    public enum Search {
        AUTO,
        OFF
    }

    /** Which aggregates a search index may compute. */
    public enum AggregatePushdown {
        EXACT,
        APPROXIMATE,
        NONE
    }

    /** Which node of a shard is read. */
    public enum ReadFrom {
        MASTER,
        REPLICA,
        NEAREST
    }

    /** What a value that its column's type can't hold gives. */
    public enum OnBadValue {
        ERROR,
        NULL
    }

    /** What an INSERT does with a key that exists. */
    public enum OnConflict {
        ERROR,
        REPLACE,
        MERGE,
        SKIP
    }

    /** @throws IllegalArgumentException if a property can't have its value, with a message for the user */
    public ConnectionSpec {
        endpoints = List.copyOf(endpoints);
        Map<ConnectionProperty, String> checked = new EnumMap<>(ConnectionProperty.class);
        given.forEach((property, value) -> checked.put(property, property.normalize(value)));
        given = Collections.unmodifiableMap(checked);
        calcite = Collections.unmodifiableMap(new TreeMap<>(calcite));
    }

    /** Whether the URL is ours, be it well-formed or not. */
    public static boolean accepts(@Nullable String url) {
        return url != null && url.startsWith(ConnectionUrl.PREFIX);
    }

    /**
     * Reads a URL and properties; a property wins over the URL. An empty text is as good as none for the properties that are
     * any text.
     *
     * @throws RedisSqlException with {@link SqlState#BAD_OPTION} if the URL is malformed, a name is unknown, or a value is bad
     */
    public static ConnectionSpec parse(String url, Map<String, String> properties) {
        try {
            return read(ConnectionUrl.parse(url), properties);
        } catch (IllegalArgumentException mistake) {
            String message = String.valueOf(mistake.getMessage());
            throw new RedisSqlException(
                    SqlState.BAD_OPTION,
                    message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1),
                    mistake);
        }
    }

    private static ConnectionSpec read(ConnectionUrl url, Map<String, String> properties) {
        Map<String, String> all = new LinkedHashMap<>(url.parameters());
        all.putAll(properties);
        Map<ConnectionProperty, String> given = new EnumMap<>(ConnectionProperty.class);
        Map<String, String> calcite = new TreeMap<>();
        all.forEach((name, value) -> {
            Optional<ConnectionProperty> ours = ConnectionProperty.ofName(name);
            if (ours.isEmpty()) {
                CalciteConnectionProperty theirs =
                        CalciteProperties.ofName(name).orElseThrow(() -> unknown(name));
                CalciteProperties.check(theirs, value);
                calcite.put(theirs.camelName(), value);
            } else if (!value.isEmpty() || !emptyMeansNone(ours.get())) {
                given.put(ours.get(), value);
            }
        });
        boolean sentinels = Mode.SENTINEL.name().equalsIgnoreCase(given.get(ConnectionProperty.MODE));
        int defaultPort = sentinels ? SENTINEL_PORT : REDIS_PORT;
        List<Endpoint> endpoints = new ArrayList<>();
        for (ConnectionUrl.Host host : url.hosts()) {
            Integer port = host.port();
            endpoints.add(new Endpoint(host.name(), port == null ? defaultPort : port));
        }
        if (endpoints.isEmpty()) {
            endpoints.add(new Endpoint(LOCALHOST, defaultPort));
        }
        return new ConnectionSpec(endpoints, given, calcite);
    }

    private static boolean emptyMeansNone(ConnectionProperty property) {
        return property.isSecret() || property.kind() == ConnectionProperty.Kind.TEXT;
    }

    private static IllegalArgumentException unknown(String name) {
        List<String> valid = new ArrayList<>(ConnectionProperty.names());
        valid.addAll(CalciteProperties.names());
        return new IllegalArgumentException(
                "there is no connection property '" + name + "'; " + ClosestNames.hint(name, valid));
    }

    /** This connection, but the endpoints and the given options of {@code other} win: a URL over a model's operands. */
    public ConnectionSpec overriddenBy(ConnectionSpec other) {
        Map<ConnectionProperty, String> options = new EnumMap<>(ConnectionProperty.class);
        options.putAll(given);
        options.putAll(other.given);
        Map<String, String> theirs = new TreeMap<>(calcite);
        theirs.putAll(other.calcite);
        return new ConnectionSpec(other.endpoints, options, theirs);
    }

    /** This connection with one option set. */
    public ConnectionSpec with(ConnectionProperty property, String value) {
        Map<ConnectionProperty, String> options = new EnumMap<>(ConnectionProperty.class);
        options.putAll(given);
        options.put(property, value);
        return new ConnectionSpec(endpoints, options, calcite);
    }

    /** The option's value, given or by default; null if it has none. */
    public @Nullable String value(ConnectionProperty property) {
        String value = given.get(property);
        return value == null ? property.defaultValue() : value;
    }

    private String text(ConnectionProperty property) {
        String value = value(property);
        if (value == null) {
            throw new IllegalStateException(property.propertyName() + " has no default");
        }
        return value;
    }

    private boolean flag(ConnectionProperty property) {
        return Boolean.parseBoolean(text(property));
    }

    private int number(ConnectionProperty property) {
        return Integer.parseInt(text(property));
    }

    private <E extends Enum<E>> E choice(ConnectionProperty property, Class<E> type) {
        return Enum.valueOf(type, text(property).toUpperCase(Locale.ROOT));
    }

    public @Nullable String user() {
        return value(ConnectionProperty.USER);
    }

    public @Nullable String password() {
        return value(ConnectionProperty.PASSWORD);
    }

    public int database() {
        return number(ConnectionProperty.DATABASE);
    }

    public Mode mode() {
        return choice(ConnectionProperty.MODE, Mode.class);
    }

    public @Nullable String masterName() {
        return value(ConnectionProperty.MASTER_NAME);
    }

    public boolean tls() {
        return flag(ConnectionProperty.TLS);
    }

    public boolean tlsVerify() {
        return flag(ConnectionProperty.TLS_VERIFY);
    }

    public @Nullable String trustStore() {
        return value(ConnectionProperty.TRUST_STORE);
    }

    public @Nullable String trustStorePassword() {
        return value(ConnectionProperty.TRUST_STORE_PASSWORD);
    }

    public @Nullable String keyStore() {
        return value(ConnectionProperty.KEY_STORE);
    }

    public @Nullable String keyStorePassword() {
        return value(ConnectionProperty.KEY_STORE_PASSWORD);
    }

    public @Nullable String model() {
        return value(ConnectionProperty.MODEL);
    }

    /** As given; by default true unless a model is set. */
    public boolean discover() {
        String value = value(ConnectionProperty.DISCOVER);
        return value == null ? model() == null : Boolean.parseBoolean(value);
    }

    public int discoverSample() {
        return number(ConnectionProperty.DISCOVER_SAMPLE);
    }

    public String keySeparator() {
        return text(ConnectionProperty.KEY_SEPARATOR);
    }

    public String schema() {
        return text(ConnectionProperty.SCHEMA);
    }

    public Search search() {
        return choice(ConnectionProperty.SEARCH, Search.class);
    }

    public AggregatePushdown aggregatePushdown() {
        return choice(ConnectionProperty.AGGREGATE_PUSHDOWN, AggregatePushdown.class);
    }

    public ReadFrom readFrom() {
        return choice(ConnectionProperty.READ_FROM, ReadFrom.class);
    }

    public boolean readOnly() {
        return flag(ConnectionProperty.READ_ONLY);
    }

    public int connectTimeoutMillis() {
        return number(ConnectionProperty.CONNECT_TIMEOUT);
    }

    public int commandTimeoutMillis() {
        return number(ConnectionProperty.COMMAND_TIMEOUT);
    }

    public int batchSize() {
        return number(ConnectionProperty.BATCH_SIZE);
    }

    public int scanCount() {
        return number(ConnectionProperty.SCAN_COUNT);
    }

    public int prefetch() {
        return number(ConnectionProperty.PREFETCH);
    }

    /** How many connections to each node a query may fetch keys over; 0 for auto. */
    public int parallelism() {
        return text(ConnectionProperty.PARALLELISM).equals(ConnectionProperty.AUTO)
                ? 0
                : number(ConnectionProperty.PARALLELISM);
    }

    public OnBadValue onBadValue() {
        return choice(ConnectionProperty.ON_BAD_VALUE, OnBadValue.class);
    }

    public OnConflict onConflict() {
        return choice(ConnectionProperty.ON_CONFLICT, OnConflict.class);
    }

    public int writeRetries() {
        return number(ConnectionProperty.WRITE_RETRIES);
    }

    public ZoneId timeZone() {
        return ZoneId.of(text(ConnectionProperty.TIME_ZONE));
    }

    /** Milliseconds from which on a statement is slow; 0 for never. */
    public int logSlowerThanMillis() {
        return number(ConnectionProperty.LOG_SLOWER_THAN);
    }

    /** The URL of this connection without its passwords, and without the text of an inline model, which may hold some. */
    public String redactedUrl() {
        StringBuilder url = new StringBuilder(ConnectionUrl.PREFIX).append("//");
        String user = user();
        if (user != null) {
            url.append(ConnectionUrl.encode(user)).append('@');
        }
        url.append(String.join(",", endpoints.stream().map(Endpoint::toString).toList()));
        if (given.containsKey(ConnectionProperty.DATABASE)) {
            url.append('/').append(database());
        }
        List<String> parameters = new ArrayList<>();
        given.forEach((property, value) -> {
            boolean shownInFront = property == ConnectionProperty.USER || property == ConnectionProperty.DATABASE;
            if (!property.isSecret() && !shownInFront) {
                boolean inline = property == ConnectionProperty.MODEL && value.startsWith("inline:");
                parameters.add(property.propertyName() + "=" + (inline ? "inline:..." : ConnectionUrl.encode(value)));
            }
        });
        calcite.forEach((name, value) -> parameters.add(name + "=" + ConnectionUrl.encode(value)));
        return parameters.isEmpty()
                ? url.toString()
                : url.append('?').append(String.join("&", parameters)).toString();
    }

    /** {@link #redactedUrl()}. */
    @Override
    public String toString() {
        return redactedUrl();
    }
}
