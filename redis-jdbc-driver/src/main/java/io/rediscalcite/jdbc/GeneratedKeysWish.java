package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.write.GeneratedKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which generated keys a caller wants to see after an INSERT.
 *
 * @param columns their names; empty for all that are generated
 */
record GeneratedKeysWish(boolean wanted, List<String> columns) {
    static final GeneratedKeysWish NONE = new GeneratedKeysWish(false, List.of());
    static final GeneratedKeysWish ALL = new GeneratedKeysWish(true, List.of());

    GeneratedKeysWish {
        columns = List.copyOf(columns);
    }

    /** @param flag as {@link Statement#RETURN_GENERATED_KEYS} */
    static GeneratedKeysWish of(int flag) {
        return flag == Statement.RETURN_GENERATED_KEYS ? ALL : NONE;
    }

    /** @param positions which aren't heeded: columns of a table have none that anybody would know */
    static GeneratedKeysWish of(int @Nullable [] positions) {
        return positions == null || positions.length == 0 ? NONE : ALL;
    }

    static GeneratedKeysWish of(String @Nullable [] names) {
        return names == null || names.length == 0 ? NONE : new GeneratedKeysWish(true, List.of(names));
    }

    /**
     * A row for each row that was written.
     *
     * @throws SQLException if a column that was asked for isn't generated
     */
    ResultSet rows(RedisConnection connection, GeneratedKeys keys) throws SQLException {
        List<String> there = keys.columns();
        if (there.isEmpty()) {
            return connection.noRows("GENERATED_KEY");
        }
        List<Integer> positions = new ArrayList<>();
        for (String name : columns) {
            positions.add(position(name, there));
        }
        for (int at = 1; columns.isEmpty() && at < there.size(); at++) {
            positions.add(at);
        }
        MetadataRows rows =
                MetadataRows.of(connection, positions.stream().map(there::get).toList());
        for (List<String> row : keys.rows()) {
            rows.add(positions.stream().map(row::get).toArray());
        }
        return rows.toResultSet();
    }

    private static int position(String name, List<String> there) throws SQLException {
        for (int at = 0; at < there.size(); at++) {
            if (there.get(at).equalsIgnoreCase(name)) {
                return at;
            }
        }
        throw SqlErrors.exception(
                SqlState.INVALID_STATEMENT,
                "column '" + name + "' isn't generated; these are: " + String.join(", ", there));
    }
}
