package io.rediscalcite.adapter.system;

import static io.rediscalcite.adapter.model.ColumnType.BIGINT;
import static io.rediscalcite.adapter.model.ColumnType.DOUBLE;
import static io.rediscalcite.adapter.model.ColumnType.VARCHAR;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.model.TemporalFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The tables of the schema {@code system}. */
public final class SystemTables {
    private static final ColumnType BOOLEAN = ColumnType.of(ColumnType.Kind.BOOLEAN);
    private static final ColumnType INTEGER = ColumnType.of(ColumnType.Kind.INTEGER);

    /** {@code keys}: a row a key. A Redis table like any other, so that its filters, columns and limits reach the server. */
    public static final TableDefinition KEYS = new TableDefinition(
            "keys",
            TableType.KEY,
            KeyPattern.parse("*", ""),
            List.of(
                    new Column("key", VARCHAR, false, new ColumnSource.Key()),
                    new Column("type", VARCHAR, true, Builtin.TYPE),
                    new Column("ttl", BIGINT, true, Builtin.TTL),
                    new Column("memory", BIGINT, true, Builtin.MEMORY),
                    new Column("encoding", VARCHAR, true, Builtin.ENCODING),
                    new Column("idle", BIGINT, true, Builtin.IDLE)),
            "every key, of any type");

    private SystemTables() {}

    /** All tables but {@link #KEYS}, by name. */
    public static Map<String, SystemTable> of(RedisClient client) {
        Map<String, SystemTable> tables = new LinkedHashMap<>();
        tables.put(
                "tables",
                new SystemTable(
                        client,
                        new Columns()
                                .add("schema", VARCHAR)
                                .add("name", VARCHAR)
                                .add("type", VARCHAR)
                                .add("key_pattern", VARCHAR)
                                .add("remarks", VARCHAR)
                                .list,
                        "",
                        SchemaRows::tables));
        tables.put(
                "columns",
                new SystemTable(
                        client,
                        new Columns()
                                .add("schema", VARCHAR)
                                .add("table_name", VARCHAR)
                                .add("name", VARCHAR)
                                .add("position", INTEGER)
                                .add("type", VARCHAR)
                                .add("nullable", BOOLEAN)
                                .add("source", VARCHAR)
                                .list,
                        "",
                        SchemaRows::columns));
        tables.put(
                "indexes",
                new SystemTable(
                        client,
                        new Columns()
                                .add(IndexRows.NAME, VARCHAR)
                                .add(IndexRows.TABLES, VARCHAR)
                                .add(IndexRows.REFUSED, VARCHAR)
                                .add(IndexRows.KEY_TYPE, VARCHAR)
                                .add(IndexRows.PREFIXES, VARCHAR)
                                .add("filter_expression", VARCHAR, IndexRows.FILTER)
                                .add(IndexRows.ATTRIBUTES, VARCHAR)
                                .add("documents", BIGINT, "num_docs")
                                .add("terms", BIGINT, "num_terms")
                                .add("records", BIGINT, "num_records")
                                .add("size_mb", DOUBLE, "total_index_memory_sz_mb")
                                .add("failures", BIGINT, "hash_indexing_failures")
                                .add(IndexRows.LAST_ERROR, VARCHAR)
                                .add("indexing", BOOLEAN)
                                .add("fraction_indexed", DOUBLE, "percent_indexed")
                                .add(Session.NODE, VARCHAR)
                                .list,
                        "FT._LIST; FT.INFO index",
                        IndexRows::of));
        tables.put(
                "nodes",
                new SystemTable(
                        client,
                        new Columns()
                                .add(Session.NODE, VARCHAR)
                                .add("role", VARCHAR)
                                .add("master", VARCHAR)
                                .add("slots", VARCHAR)
                                .add("version", VARCHAR)
                                .list,
                        "INFO server; INFO replication",
                        NodeRows::of));
        tables.put(
                "info",
                onMasters(
                        client,
                        new Columns()
                                .add("section", VARCHAR)
                                .add("name", VARCHAR)
                                .add("value", VARCHAR),
                        List.of("INFO", "everything"),
                        ReplyRows::info));
        tables.put("clients", onMasters(client, clientColumns(), List.of("CLIENT", "LIST"), ReplyRows::clients));
        tables.put(
                "slowlog",
                onMasters(
                        client,
                        new Columns()
                                .add("id", BIGINT)
                                .addTime("logged_at")
                                .add("micros", BIGINT)
                                .add("command", VARCHAR)
                                .add("client_addr", VARCHAR)
                                .add("client_name", VARCHAR),
                        List.of("SLOWLOG", "GET", "-1"),
                        ReplyRows::slowlog));
        tables.put(
                "commandstats",
                onMasters(
                        client,
                        new Columns()
                                .add("command", VARCHAR)
                                .add("calls", BIGINT)
                                .add("usec", BIGINT)
                                .add("usec_per_call", DOUBLE)
                                .add("rejected_calls", BIGINT)
                                .add("failed_calls", BIGINT),
                        List.of("INFO", "commandstats"),
                        ReplyRows::commandstats));
        return tables;
    }

    private static Columns clientColumns() {
        return new Columns()
                .add("id", BIGINT)
                .add("name", VARCHAR)
                .add("addr", VARCHAR)
                .add("laddr", VARCHAR)
                .add("user_name", VARCHAR, "user")
                .add("lib_name", VARCHAR, "lib-name")
                .add("lib_ver", VARCHAR, "lib-ver")
                .add("resp", INTEGER)
                .add("db", INTEGER)
                .add("age", BIGINT)
                .add("idle", BIGINT)
                .add("flags", VARCHAR)
                .add("cmd", VARCHAR)
                .add("sub", BIGINT)
                .add("psub", BIGINT)
                .add("ssub", BIGINT)
                .add("multi", BIGINT)
                .add("watch", BIGINT)
                .add("qbuf", BIGINT)
                .add("qbuf_free", BIGINT, "qbuf-free")
                .add("obl", BIGINT)
                .add("oll", BIGINT)
                .add("omem", BIGINT)
                .add("tot_mem", BIGINT, "tot-mem")
                .add("events", VARCHAR)
                .add("redir", BIGINT);
    }

    /** A table of what every master replies to one command; its first column is the node. */
    private static SystemTable onMasters(
            RedisClient client,
            Columns columns,
            List<String> command,
            Function<Replies.Cursor, List<Map<String, String>>> parser) {
        List<Column> all = new Columns().add(Session.NODE, VARCHAR).list;
        all.addAll(columns.list);
        return new SystemTable(client, all, String.join(" ", command), session -> session.onMasters(command, parser));
    }

    /** Columns of one table, each from a field of its rows. */
    private static final class Columns {
        private final List<Column> list = new ArrayList<>();

        Columns add(String name, ColumnType type) {
            return add(name, type, name);
        }

        Columns add(String name, ColumnType type, String field) {
            list.add(new Column(name, type, true, new ColumnSource.Field(field)));
            return this;
        }

        /** A time that the server tells in seconds. */
        Columns addTime(String name) {
            list.add(new Column(
                    name,
                    ColumnType.of(ColumnType.Kind.TIMESTAMP),
                    true,
                    new ColumnSource.Field(name),
                    TemporalFormat.EPOCH_SECONDS));
            return this;
        }
    }
}
