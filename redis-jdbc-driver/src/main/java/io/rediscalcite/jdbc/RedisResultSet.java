package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.ClosestNames;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.util.Cursor;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.runtime.ArrayEnumeratorCursor;
import org.apache.calcite.runtime.ObjectEnumeratorCursor;
import org.jspecify.annotations.Nullable;

/** Rows, pulled one by one from a running plan: nothing is buffered here. */
final class RedisResultSet extends ForwardResultSet {
    private final RedisStatement owner;
    private final Execution execution;
    private final long maxRows;
    private final EvaluatedOnce source;
    private final boolean bareValue;
    private long rows;
    private boolean onRow;
    private boolean wasNull;

    private RedisResultSet(
            RedisStatement owner,
            Execution execution,
            Meta.Signature signature,
            long maxRows,
            EvaluatedOnce source,
            Cursor cursor)
            throws SQLException {
        super(
                owner,
                signature,
                new RedisResultSetMetaData(owner, signature),
                owner.redis().calendarZone());
        this.owner = owner;
        this.execution = execution;
        this.maxRows = maxRows;
        this.source = source;
        this.bareValue = signature.cursorFactory.style == Meta.Style.OBJECT;
        execute2(cursor, signature.columns);
    }

    /**
     * The rows of {@code rows}, which this result set will close.
     *
     * @param maxRows 0 for all
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Calcite's cursors want the row's class, which the style says.
    static RedisResultSet open(
            RedisStatement owner, Execution execution, Meta.Signature signature, long maxRows, Enumerator<Object> rows)
            throws SQLException {
        EvaluatedOnce source = new EvaluatedOnce(rows);
        Cursor cursor = signature.cursorFactory.style == Meta.Style.OBJECT
                ? new ObjectEnumeratorCursor(source)
                : new ArrayEnumeratorCursor((Enumerator) source);
        return new RedisResultSet(owner, execution, signature, maxRows, source, cursor);
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        onRow = false;
        if (maxRows > 0 && rows == maxRows) {
            // The plan is not asked for a row that nobody gets, and frees what it holds.
            cursor.close();
            execution.log().ended(rows);
            return false;
        }
        try {
            execution.check();
            onRow = super.next();
            rows += onRow ? 1 : 0;
            if (!onRow) {
                execution.log().ended(rows);
            }
            return onRow;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw owner.redis().translate(e, execution);
        }
    }

    @Override
    public void close() {
        super.close();
        execution.log().ended(rows);
    }

    @Override
    protected void cancel() {
        execution.cancel();
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.exception(SqlState.INVALID_STATEMENT, "the result set is closed");
        }
    }

    @Override
    public int findColumn(@Nullable String label) throws SQLException {
        checkOpen();
        for (ColumnMetaData column : columnMetaDataList) {
            if (column.label.equalsIgnoreCase(label)) {
                return column.ordinal + 1;
            }
        }
        List<String> labels =
                columnMetaDataList.stream().map(column -> column.label).toList();
        throw SqlErrors.exception(
                SqlState.INVALID_STATEMENT,
                "column '" + label + "' is not in the result; closest columns: "
                        + String.join(", ", ClosestNames.of(String.valueOf(label), labels)));
    }

    private @Nullable ResultValue value(int column) throws SQLException {
        checkOpen();
        if (column < 1 || column > columnMetaDataList.size()) {
            throw SqlErrors.exception(
                    SqlState.INVALID_STATEMENT,
                    "there is no column " + column + ": the result has " + columnMetaDataList.size());
        }
        if (!onRow) {
            throw SqlErrors.exception(
                    SqlState.INVALID_STATEMENT, "there is no current row: call next() and look at its answer");
        }
        Object row = source.current();
        Object value = bareValue ? row : ((Object[]) row)[column - 1];
        wasNull = value == null;
        return value == null ? null : new ResultValue(value, columnMetaDataList.get(column - 1).type.id);
    }

    private <T> @Nullable T get(int column, String as, Function<ResultValue, T> conversion) throws SQLException {
        ResultValue value = value(column);
        if (value == null) {
            return null;
        }
        try {
            return conversion.apply(value);
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
            throw SqlErrors.exception(
                    SqlState.BAD_VALUE,
                    "column '" + columnMetaDataList.get(column - 1).label + "' of type "
                            + columnMetaDataList.get(column - 1).type.name + ": '" + value.text()
                            + "' can't be read as " + as,
                    e);
        }
    }

    private <T> T primitive(int column, T ifNull, Function<ResultValue, T> conversion) throws SQLException {
        T value = get(column, ifNull.getClass().getSimpleName(), conversion);
        return value == null ? ifNull : value;
    }

    private ZoneId zone(@Nullable Calendar calendar) {
        return (calendar == null ? localCalendar : calendar).getTimeZone().toZoneId();
    }

    /** True for types whose values only Avatica knows how to show: arrays, rows, intervals. */
    private boolean isNested(int column) {
        int type = columnMetaDataList.get(column - 1).type.id;
        return type == Types.ARRAY || type == Types.STRUCT || type == Types.OTHER || type == Types.JAVA_OBJECT;
    }

    @Override
    public boolean wasNull() throws SQLException {
        checkOpen();
        return wasNull;
    }

    @Override
    public @Nullable String getString(int column) throws SQLException {
        ResultValue value = value(column);
        if (value == null) {
            return null;
        }
        return isNested(column) ? super.getString(column) : value.text();
    }

    @Override
    public boolean getBoolean(int column) throws SQLException {
        return primitive(column, false, ResultValue::bool);
    }

    @Override
    public byte getByte(int column) throws SQLException {
        return primitive(column, (byte) 0, value -> (byte) value.integer(Byte.MIN_VALUE, Byte.MAX_VALUE));
    }

    @Override
    public short getShort(int column) throws SQLException {
        return primitive(column, (short) 0, value -> (short) value.integer(Short.MIN_VALUE, Short.MAX_VALUE));
    }

    @Override
    public int getInt(int column) throws SQLException {
        return primitive(column, 0, value -> (int) value.integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    @Override
    public long getLong(int column) throws SQLException {
        return primitive(column, 0L, value -> value.integer(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Override
    public float getFloat(int column) throws SQLException {
        return primitive(column, 0f, value -> (float) value.floating());
    }

    @Override
    public double getDouble(int column) throws SQLException {
        return primitive(column, 0d, ResultValue::floating);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
        return get(column, "BigDecimal", ResultValue::decimal);
    }

    @Deprecated
    @Override
    public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
        return get(column, "BigDecimal", value -> value.decimal().setScale(scale, RoundingMode.HALF_UP));
    }

    @Override
    public byte @Nullable [] getBytes(int column) throws SQLException {
        return get(column, "bytes", ResultValue::bytes);
    }

    @Override
    public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
        return get(column, "Date", value -> value.sqlDate(zone(calendar)));
    }

    @Override
    public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
        return get(column, "Time", value -> value.sqlTime(zone(calendar)));
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar) throws SQLException {
        return get(column, "Timestamp", value -> value.timestamp(zone(calendar)));
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        ResultValue value = value(column);
        if (value == null) {
            return null;
        }
        return isNested(column) ? super.getObject(column) : value.object(zone(null));
    }

    @Override
    public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        ZoneId database = owner.redis().spec().timeZone();
        ResultValue value = value(column);
        if (value != null && isNested(column)) {
            Object nested = super.getObject(column);
            return type == String.class ? type.cast(getString(column)) : Wrapping.unwrap(nested, type);
        }
        return get(column, type.getSimpleName(), found -> type.cast(found.as(type, zone(null), database)));
    }

    @Override
    public @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> map) throws SQLException {
        return getObject(column);
    }

    @Override
    public @Nullable Array getArray(int column) throws SQLException {
        if (value(column) == null) {
            return null;
        }
        if (!isNested(column)) {
            throw SqlErrors.exception(
                    SqlState.BAD_VALUE,
                    "column '" + columnMetaDataList.get(column - 1).label + "' of type "
                            + columnMetaDataList.get(column - 1).type.name + " can't be read as an array");
        }
        return super.getArray(column);
    }

    @Override
    public @Nullable InputStream getBinaryStream(int column) throws SQLException {
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable InputStream getAsciiStream(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public @Nullable Reader getCharacterStream(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : new StringReader(text);
    }

    /** The elements of an array or the fields of a row, as a result set of their own. */
    @Override
    public ResultSet create(ColumnMetaData.AvaticaType elementType, Iterable<Object> elements) throws SQLException {
        List<ColumnMetaData> columns = elementType instanceof ColumnMetaData.StructType struct
                ? struct.columns
                : List.of(ColumnMetaData.dummy(elementType, false));
        Meta.CursorFactory style = columns.size() == 1 ? Meta.CursorFactory.OBJECT : Meta.CursorFactory.ARRAY;
        Meta.Signature nested =
                Meta.Signature.create(columns, signature.sql, List.of(), style, Meta.StatementType.SELECT);
        return open(owner, execution, nested, 0, Linq4j.iterableEnumerator(elements));
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
