package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import java.sql.SQLException;
import java.sql.Types;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** The columns of a result. */
final class RedisResultSetMetaData extends AvaticaResultSetMetaData {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final Meta.Signature columns;

    RedisResultSetMetaData(RedisStatement statement, Meta.Signature signature) {
        super(statement, null, signature);
        this.columns = signature;
    }

    private ColumnMetaData column(int column) throws SQLException {
        if (column < 1 || column > columns.columns.size()) {
            throw SqlErrors.exception(
                    SqlState.INVALID_STATEMENT,
                    "there is no column " + column + ": the result has " + columns.columns.size());
        }
        return columns.columns.get(column - 1);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        return column(column).autoIncrement;
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        return column(column).searchable;
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        return column(column).currency;
    }

    @Override
    public int isNullable(int column) throws SQLException {
        return column(column).nullable;
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return column(column).label;
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        return column(column).type.id;
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        return column(column).type.name;
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        return column(column).definitelyWritable;
    }

    /** The column's own name in its table; the label where it is computed. */
    @Override
    public String getColumnName(int column) throws SQLException {
        String name = column(column).columnName;
        return name == null ? column(column).label : name;
    }

    @Override
    public String getTableName(int column) throws SQLException {
        return text(column(column).tableName);
    }

    /** False for what is a table's own column, so that tools let a user edit it by UPDATE; true for what is computed. */
    @Override
    public boolean isReadOnly(int column) throws SQLException {
        return getTableName(column).isEmpty();
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        return !isReadOnly(column);
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        return text(column(column).schemaName);
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        return text(column(column).catalogName);
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        int precision = column(column).precision;
        int type = column(column).type.id;
        return precision <= 0 && (type == Types.VARCHAR || type == Types.VARBINARY)
                ? UNLIMITED
                : Math.max(0, precision);
    }

    @Override
    public int getScale(int column) throws SQLException {
        return Math.max(0, column(column).scale);
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        int type = column(column).type.id;
        for (ColumnTypeInfo known : ColumnTypeInfo.ALL) {
            if (known.jdbcType() == type) {
                boolean limited = type == Types.DECIMAL || type == Types.VARCHAR || type == Types.VARBINARY;
                int size = limited && getPrecision(column) < UNLIMITED ? getPrecision(column) : known.size();
                return new ColumnTypeInfo(type, known.name(), size, known.scale(), known.radix()).displaySize();
            }
        }
        return Math.max(0, column(column).displaySize);
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        int type = column(column).type.id;
        return ColumnTypeInfo.ALL.stream().anyMatch(known -> known.jdbcType() == type && known.radix() != null);
    }

    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        return column(column).type.id == Types.VARCHAR;
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        return ParameterValue.className(column(column).type.id);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrapping.is(this, type);
    }
}
