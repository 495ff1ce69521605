package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The same tables with their indexes and by scans alone, whose rows must be the same. */
record Traps(Connection indexed, Connection scanned) implements AutoCloseable {
    static Traps open(RedisServerExtension redis, String... tables) throws SQLException {
        IndexedTables.awaitIndexes(redis);
        return new Traps(IndexedTables.connect(redis, "", tables), IndexedTables.connect(redis, "search=off", tables));
    }

    /** The rows, sorted, of a query that the plan has an index for. */
    List<String> asked(String sql, Object... parameters) throws SQLException {
        String scans = IndexedTables.scans(indexed, sql);
        assertTrue(scans.contains("[FT."), scans);
        return same(sql, parameters);
    }

    /** The rows, sorted, of a query that is planned without an index, though there is one. */
    List<String> left(String sql, Object... parameters) throws SQLException {
        String scans = IndexedTables.scans(indexed, sql);
        assertFalse(scans.contains("[FT."), scans);
        assertTrue(scans.contains("unusedIndexes="), scans);
        return same(sql, parameters);
    }

    private List<String> same(String sql, Object... parameters) throws SQLException {
        List<String> rows = IndexedTables.sorted(scanned, sql, parameters);
        assertEquals(rows, IndexedTables.sorted(indexed, sql, parameters), sql);
        return rows;
    }

    @Override
    public void close() throws SQLException {
        indexed.close();
        scanned.close();
    }
}
