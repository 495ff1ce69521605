package io.rediscalcite.adapter.model;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every option of a connection, once: the URL, {@link java.util.Properties}, a model's operands, a tool's dialog and the
 * documents all speak of these. Names are matched exactly; words among the values in any case.
 */
public enum ConnectionProperty {
    USER("user", Kind.TEXT, null, "The ACL user. A password alone works too, where the server has requirepass."),
    PASSWORD("password", Kind.SECRET, null, "The user's password, or the server's requirepass."),
    DATABASE("database", 0, Integer.MAX_VALUE, "0", "The number of the database. A cluster has database 0 alone."),
    MODE(
            "mode",
            ConnectionSpec.Mode.values(),
            "auto",
            "What the hosts are: one server, nodes of a cluster, or sentinels. auto asks the server."),
    MASTER_NAME("masterName", Kind.TEXT, null, "The name of the master set that the sentinels watch."),
    TLS("tls", Kind.BOOLEAN, "false", "Whether the connection is encrypted."),
    TLS_VERIFY("tlsVerify", Kind.BOOLEAN, "true", "Whether the server's certificate and host name are checked."),
    TRUST_STORE("trustStore", Kind.TEXT, null, "A file of the certificates to trust; the JVM's own without it."),
    TRUST_STORE_PASSWORD("trustStorePassword", Kind.SECRET, null, "The password of trustStore."),
    KEY_STORE("keyStore", Kind.TEXT, null, "A file with the client's key and certificate, for mutual TLS."),
    KEY_STORE_PASSWORD("keyStorePassword", Kind.SECRET, null, "The password of keyStore."),
    MODEL("model", Kind.TEXT, null, "The path of a Calcite model file, or inline:{...}."),
    DISCOVER(
            "discover",
            Kind.BOOLEAN,
            null,
            "Whether tables are found in the keyspace and in the search indexes; true unless model is set."),
    DISCOVER_SAMPLE(
            "discoverSample", 1, 1_000_000, "100", "How many keys of a table are sampled to infer its columns."),
    KEY_SEPARATOR("keySeparator", Kind.NON_EMPTY_TEXT, ":", "What splits a key into parts."),
    SCHEMA("schema", Kind.NON_EMPTY_TEXT, "redis", "The schema's name."),
    SEARCH("search", ConnectionSpec.Search.values(), "auto", "Whether search indexes may answer."),
    AGGREGATE_PUSHDOWN(
            "aggregatePushdown",
            ConnectionSpec.AggregatePushdown.values(),
            "exact",
            "Which aggregates a search index may compute."),
    READ_FROM("readFrom", ConnectionSpec.ReadFrom.values(), "master", "Which node of a shard is read."),
    READ_ONLY("readOnly", Kind.BOOLEAN, "false", "Whether every write is refused, before anything is sent."),
    CONNECT_TIMEOUT(
            "connectTimeout",
            1,
            Integer.MAX_VALUE,
            "5000",
            "Milliseconds until a server that doesn't accept is given up."),
    COMMAND_TIMEOUT(
            "commandTimeout",
            1,
            Integer.MAX_VALUE,
            "30000",
            "Milliseconds until a command without a reply is given up."),
    BATCH_SIZE("batchSize", 1, 1_000_000, "1000", "How many keys are fetched in one pipeline."),
    SCAN_COUNT("scanCount", 1, 1_000_000, "1000", "SCAN's COUNT: how many keys the server looks at in one step."),
    PREFETCH("prefetch", 1, 1_000, "4", "How many batches are held at most between reader and consumer."),
    PARALLELISM(
            "parallelism",
            Kind.PARALLELISM,
            "auto",
            "How many connections to each node a query may fetch keys over; auto is 1: more pay only where the client has"
                    + " processors to spare."),
    ON_BAD_VALUE(
            "onBadValue",
            ConnectionSpec.OnBadValue.values(),
            "error",
            "What a value that its column's type can't hold gives: an error, or NULL."),
    ON_CONFLICT(
            "onConflict", ConnectionSpec.OnConflict.values(), "error", "What an INSERT does with a key that exists."),
    WRITE_RETRIES(
            "writeRetries",
            0,
            100,
            "8",
            "How often a row is sent again that the server refused only for the moment: MOVED, ASK, TRYAGAIN, LOADING,"
                    + " CLUSTERDOWN."),
    TIME_ZONE("timeZone", Kind.ZONE, "UTC", "The zone of TIMESTAMP text without an offset."),
    LOG_SLOWER_THAN(
            "logSlowerThan",
            0,
            Integer.MAX_VALUE,
            "0",
            "Milliseconds from which on a statement is logged at info, without its text; 0 for never.");

    /** What kind of value an option takes. */
    public enum Kind {
        TEXT,
        NON_EMPTY_TEXT,
        /** Text that is never shown. */
        SECRET,
        BOOLEAN,
        INTEGER,
        CHOICE,
        /** {@code auto}, or a number of connections. */
        PARALLELISM,
        /** The id of a {@link ZoneId}. */
        ZONE
    }

    static final String AUTO = "auto";
    private static final long MAX_PARALLELISM = 64;

    private final String propertyName;
    private final Kind kind;
    private final long lowest;
    private final long highest;
    private final List<String> choices;
    private final @Nullable String defaultValue;
    private final String description;

    ConnectionProperty(String name, Kind kind, @Nullable String defaultValue, String description) {
        this(name, kind, 1, MAX_PARALLELISM, choices(kind), defaultValue, description);
    }

    ConnectionProperty(String name, long lowest, long highest, String defaultValue, String description) {
        this(name, Kind.INTEGER, lowest, highest, List.of(), defaultValue, description);
    }

    ConnectionProperty(String name, Enum<?>[] choices, String defaultValue, String description) {
        this(name, Kind.CHOICE, 0, 0, words(choices), defaultValue, description);
    }

    ConnectionProperty(
            String name,
            Kind kind,
            long lowest,
            long highest,
            List<String> choices,
            @Nullable String defaultValue,
            String description) {
        this.propertyName = name;
        this.kind = kind;
        this.lowest = lowest;
        this.highest = highest;
        this.choices = choices;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    private static List<String> choices(Kind kind) {
        return kind == Kind.BOOLEAN ? List.of("true", "false") : List.of();
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The name in a URL: {@code batchSize}. */
    public String propertyName() {
        return propertyName;
    }

    public Kind kind() {
        return kind;
    }

    /** The value of a connection that doesn't give one; null for none. */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    /** All values there are, where they can be listed; empty otherwise. */
    public List<String> choices() {
        return choices;
    }

    /** One sentence for a person. */
    public String description() {
        return description;
    }

    /** Whether the value must never be shown. */
    public boolean isSecret() {
        return kind == Kind.SECRET;
    }

    /** The property of exactly this name. */
    public static Optional<ConnectionProperty> ofName(String name) {
        return Arrays.stream(values())
                .filter(property -> property.propertyName.equals(name))
                .findFirst();
    }

    /** Every property's name, in the order of the documents. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ConnectionProperty::propertyName).toList();
    }

    /** What a value must look like: {@code an integer from 1 to 1000}. */
    public String expected() {
        return switch (kind) {
            case TEXT, SECRET -> "text";
            case NON_EMPTY_TEXT -> "text that isn't empty";
            case INTEGER -> "an integer from " + lowest + " to " + highest;
            case BOOLEAN, CHOICE -> "one of " + String.join(", ", choices);
            case PARALLELISM -> AUTO + " or an integer from " + lowest + " to " + highest;
            case ZONE -> "a time zone such as UTC, Europe/Berlin or +02:00";
        };
    }

    /**
     * The value in the one spelling that is kept.
     *
     * @throws IllegalArgumentException if the property can't have the value, with a message for the user that doesn't show a
     *     secret
     */
    String normalize(String value) {
        return switch (kind) {
            case TEXT, SECRET -> value;
            case NON_EMPTY_TEXT -> {
                if (value.isEmpty()) {
                    throw bad(value, "");
                }
                yield value;
            }
            case BOOLEAN, CHOICE -> {
                String word = value.toLowerCase(Locale.ROOT);
                if (!choices.contains(word)) {
                    throw bad(value, "");
                }
                yield word;
            }
            case INTEGER -> integer(value);
            case PARALLELISM -> value.equalsIgnoreCase(AUTO) ? AUTO : integer(value);
            case ZONE -> zone(value);
        };
    }

    private String integer(String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= lowest && number <= highest) {
                return Long.toString(number);
            }
        } catch (NumberFormatException noInteger) {
            throw bad(value, "");
        }
        throw bad(value, "");
    }

    private String zone(String value) {
        try {
            return ZoneId.of(value).getId();
        } catch (DateTimeException unknown) {
            throw bad(value, "; " + ClosestNames.hint(value, ZoneId.getAvailableZoneIds()));
        }
    }

    private IllegalArgumentException bad(String value, String hint) {
        return new IllegalArgumentException(
                "the connection property " + propertyName + " can't be '" + value + "': expected " + expected() + hint);
    }
}
