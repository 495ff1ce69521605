package io.rediscalcite.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.util.Cursor;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.runtime.ArrayEnumeratorCursor;
import org.apache.calcite.runtime.ObjectEnumeratorCursor;

/** Rows, pulled one by one from a running plan: nothing is buffered here. */
final class RedisResultSet extends AvaticaResultSet {
    private final RedisStatement owner;
    private final Execution execution;
    private final long maxRows;
    private long rows;

    private RedisResultSet(
            RedisStatement owner, Execution execution, Meta.Signature signature, long maxRows, Cursor cursor)
            throws SQLException {
        super(
                owner,
                new QueryState(signature.sql),
                signature,
                new RedisResultSetMetaData(owner, signature),
                owner.redis().calendarZone(),
                Meta.Frame.EMPTY);
        this.owner = owner;
        this.execution = execution;
        this.maxRows = maxRows;
        execute2(cursor, signature.columns);
    }

    /**
     * The rows of {@code enumerator}, which this result set will close.
     *
     * @param maxRows 0 for all
     */
    static RedisResultSet open(
            RedisStatement owner,
            Execution execution,
            Meta.Signature signature,
            long maxRows,
            Enumerator<Object> enumerator)
            throws SQLException {
        return new RedisResultSet(
                owner, execution, signature, maxRows, cursor(signature.cursorFactory.style, enumerator));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Cursor cursor(Meta.Style style, Enumerator<Object> plan) {
        Enumerator<Object> enumerator = new EvaluatedOnce(plan);
        return style == Meta.Style.OBJECT
                ? new ObjectEnumeratorCursor(enumerator)
                : new ArrayEnumeratorCursor((Enumerator) enumerator);
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        if (maxRows > 0 && rows == maxRows) {
            // The plan is not asked for a row that nobody gets, and frees what it holds.
            cursor.close();
            return false;
        }
        try {
            execution.check();
            boolean found = super.next();
            rows += found ? 1 : 0;
            return found;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw owner.redis().translate(e, execution);
        }
    }

    @Override
    protected void cancel() {
        execution.cancel();
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.exception(
                    io.rediscalcite.adapter.error.SqlState.INVALID_STATEMENT, "the result set is closed");
        }
    }

    /** The elements of an array or the fields of a row, as a result set of their own. */
    @Override
    public ResultSet create(ColumnMetaData.AvaticaType elementType, Iterable<Object> iterable) throws SQLException {
        List<ColumnMetaData> columns = elementType instanceof ColumnMetaData.StructType struct
                ? struct.columns
                : List.of(ColumnMetaData.dummy(elementType, false));
        Meta.CursorFactory style = columns.size() == 1 ? Meta.CursorFactory.OBJECT : Meta.CursorFactory.ARRAY;
        Meta.Signature signatureOfElement =
                Meta.Signature.create(columns, this.signature.sql, List.of(), style, Meta.StatementType.SELECT);
        return open(owner, execution, signatureOfElement, 0, Linq4j.iterableEnumerator(iterable));
    }
}
