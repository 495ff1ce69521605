package io.rediscalcite.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** A small result set in the making: the answer to a question about metadata. */
final class MetadataRows {
    private final RedisConnection connection;
    private final List<ColumnMetaData> columns = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();

    private MetadataRows(RedisConnection connection) {
        this.connection = connection;
    }

    /** No rows yet. A column is {@code NAME} for text, or {@code NAME:INTEGER}, {@code :SMALLINT}, {@code :BIGINT}, {@code :BOOLEAN}. */
    static MetadataRows of(RedisConnection connection, List<String> names) {
        MetadataRows result = new MetadataRows(connection);
        for (String column : names) {
            int colon = column.indexOf(':');
            String name = colon < 0 ? column : column.substring(0, colon);
            String type = colon < 0 ? "VARCHAR" : column.substring(colon + 1);
            result.columns.add(MetaImpl.columnMetaData(name, result.columns.size(), type(type), true));
        }
        return result;
    }

    private static ColumnMetaData.AvaticaType type(String name) {
        return switch (name) {
            case "INTEGER" -> ColumnMetaData.scalar(Types.INTEGER, name, Rep.INTEGER);
            case "SMALLINT" -> ColumnMetaData.scalar(Types.SMALLINT, name, Rep.SHORT);
            case "BIGINT" -> ColumnMetaData.scalar(Types.BIGINT, name, Rep.LONG);
            case "BOOLEAN" -> ColumnMetaData.scalar(Types.BOOLEAN, name, Rep.BOOLEAN);
            default -> ColumnMetaData.scalar(Types.VARCHAR, "VARCHAR", Rep.STRING);
        };
    }

    /** Adds a row; {@code values} may be fewer than the columns: the others are null. */
    MetadataRows add(@Nullable Object... values) {
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        System.arraycopy(values, 0, row, 0, values.length);
        rows.add(columns.size() == 1 ? row[0] : row);
        return this;
    }

    /** The rows, with a statement of their own that is closed with them. */
    ResultSet toResultSet() throws SQLException {
        Meta.CursorFactory style = columns.size() == 1 ? Meta.CursorFactory.OBJECT : Meta.CursorFactory.ARRAY;
        Meta.Signature signature = Meta.Signature.create(columns, "", List.of(), style, Meta.StatementType.SELECT);
        RedisStatement statement = (RedisStatement) connection.createStatement();
        statement.closeOnCompletion();
        return statement.show(signature, Linq4j.enumerator(rows));
    }
}
