package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.model.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;

/** What a connection needs of an open database. Any number of connections and threads may use one at once. */
interface Database extends AutoCloseable {
    /** The schema that holds all others. */
    CalciteSchema rootSchema();

    /** Name of the schema in which unqualified table names are looked up first. */
    String defaultSchema();

    /** What the tables' metadata comes from; empty for views and for tables of other adapters. */
    Optional<TableDefinition> definition(Table table);

    /**
     * Forgets tables that were found before {@code nanos}, by {@link System#nanoTime()}; the next look at a table finds them
     * anew.
     *
     * @return whether there were any
     */
    boolean expireTables(long nanos);

    /** The plans of its statements, for all its connections. */
    PlanCache plans();

    /** Rows of a table as far as they are known without asking the server. */
    OptionalDouble knownRows(Table table);

    /** Product version of the server, such as {@code 7.4.1}. */
    String serverVersion();

    /** What else is known of the server, for a connection's client info: {@code redis.mode} and {@code redis.modules}. */
    Map<String, String> serverInfo();

    /** Names of the search indexes that may answer for a table, with the columns that each has; reads nothing that is known. */
    Map<String, List<String>> indexedColumns(Table table);

    /** True if the server answers within {@code millis} milliseconds. */
    boolean ping(int millis);

    /** Frees every thread and socket; never throws. */
    @Override
    void close();
}
