package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.RedisDatabase;
import io.rediscalcite.adapter.RedisRootSchema;
import io.rediscalcite.adapter.RedisSchema;
import io.rediscalcite.adapter.RedisSystemSchema;
import io.rediscalcite.adapter.RedisTable;
import io.rediscalcite.adapter.client.ServerInfo;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ConnectionSpec;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.search.IndexDefinition;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;

/** A connected Redis, and the schemas that its connection's URL or model names. */
record LiveDatabase(RedisDatabase database, CalciteSchema rootSchema, String defaultSchema, PlanCache plans)
        implements Database {
    private static final Pattern JSON_PLACE = Pattern.compile("line: (\\d+), column: (\\d+)");

    /**
     * Connects; nothing of the keyspace is read before a table is looked at.
     *
     * @throws RedisSqlException with the SQLState of what is wrong: the model, the server
     */
    static LiveDatabase open(ConnectionSpec spec) {
        RedisDatabase database = RedisDatabase.connect(spec);
        try {
            return withSchemas(database, spec);
        } catch (RuntimeException | Error failed) {
            database.close();
            throw failed;
        }
    }

    /** The text of the model's file as it is now; empty without a file, and where it can't be read: opening tells why. */
    static String modelText(ConnectionSpec spec) {
        String model = spec.model();
        if (model == null || model.startsWith("inline:")) {
            return "";
        }
        try {
            return Files.readString(Path.of(model));
        } catch (IOException | InvalidPathException unreadable) {
            return "";
        }
    }

    private static LiveDatabase withSchemas(RedisDatabase database, ConnectionSpec spec) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false, "", new RedisRootSchema(database));
        String model = spec.model();
        if (model == null) {
            root.add(spec.schema(), new RedisSchema(database, List.of(), spec.discover()));
            return complete(database, root, spec.schema());
        }
        String name = model.startsWith("inline:") ? "the inline model" : "the model file '" + model + "'";
        try {
            PlannerConfig config = PlannerConfig.of(PlannerConfig.withDefaults(spec.calcite()));
            String defaultSchema = ModelViews.addTo(root, model, config);
            return complete(database, root, defaultSchema == null ? defaultSchema(root, spec.schema()) : defaultSchema);
        } catch (FileNotFoundException missing) {
            throw new RedisSqlException(
                    SqlState.INVALID_STATEMENT,
                    name + " isn't there or can't be read; check the property 'model'",
                    missing);
        } catch (IOException malformed) {
            throw new RedisSqlException(
                    SqlState.INVALID_STATEMENT, name + " is no valid Calcite model: " + whereAndWhat(malformed));
        }
    }

    /** What JSON's parser says, without the word that it stumbled over, which may be a password. */
    private static String whereAndWhat(IOException malformed) {
        String said = String.valueOf(malformed.getMessage());
        Matcher place = JSON_PLACE.matcher(said);
        String where = place.find() ? "line " + place.group(1) + ", column " + place.group(2) + ": " : "";
        return where + said.lines().findFirst().orElse("").replaceFirst("^Unrecognized token '.*?':", "a bare word:");
    }

    /** Of a model that names none: the one that the property names, else the first. */
    private static String defaultSchema(CalciteSchema root, String named) {
        NavigableMap<String, CalciteSchema> schemas = root.getSubSchemaMap();
        return schemas.containsKey(named) || schemas.isEmpty() ? named : schemas.firstKey();
    }

    /** Adds the system tables, unless the user has a schema of that name, and PostgreSQL's names of types. */
    private static LiveDatabase complete(RedisDatabase database, CalciteSchema root, String defaultSchema) {
        if (root.getSubSchema(RedisSystemSchema.NAME, false) == null) {
            root.add(RedisSystemSchema.NAME, new RedisSystemSchema(database));
        }
        PostgresTypes.addTo(root);
        return new LiveDatabase(database, root, defaultSchema, new PlanCache(root, LiveDatabase::rows));
    }

    @Override
    public Optional<TableDefinition> definition(Table table) {
        return table instanceof RedisTable redis ? Optional.of(redis.definition()) : Optional.empty();
    }

    @Override
    public boolean expireTables(long nanos) {
        boolean expired = false;
        for (CalciteSchema schema : rootSchema.getSubSchemaMap().values()) {
            expired |= schema.schema instanceof RedisSchema redis && redis.expire(nanos);
        }
        return expired;
    }

    @Override
    public OptionalDouble knownRows(Table table) {
        return rows(table);
    }

    private static OptionalDouble rows(Table table) {
        return table instanceof RedisTable redis ? redis.knownRows() : OptionalDouble.empty();
    }

    @Override
    public String serverVersion() {
        return database.server().version();
    }

    @Override
    public Map<String, String> serverInfo() {
        ServerInfo server = database.server();
        return Map.of(
                "redis.version", server.version(),
                "redis.mode", server.mode().name().toLowerCase(Locale.ROOT),
                "redis.modules",
                        server.modules().entrySet().stream()
                                .map(module -> module.getKey() + " " + module.getValue())
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    @Override
    public Map<String, List<String>> indexedColumns(Table table) {
        Map<String, List<String>> columns = new TreeMap<>();
        if (table instanceof RedisTable redis) {
            for (IndexDefinition index : redis.indexes().usable()) {
                Set<ColumnSource> sources =
                        index.attributes().stream().map(index::source).collect(Collectors.toSet());
                columns.put(
                        index.name(),
                        redis.definition().columns().stream()
                                .filter(column -> sources.contains(column.source()))
                                .map(Column::name)
                                .toList());
            }
        }
        return columns;
    }

    @Override
    public boolean ping(int millis) {
        return database.ping(millis);
    }

    @Override
    public void close() {
        database.close();
    }
}
