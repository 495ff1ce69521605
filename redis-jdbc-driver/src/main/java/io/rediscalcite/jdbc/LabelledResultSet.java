package io.rediscalcite.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A result set whose methods by a column's label are those by its number. */
abstract class LabelledResultSet extends ReadOnlyResultSet {
    LabelledResultSet(
            AvaticaStatement statement, Meta.Signature signature, ResultSetMetaData metaData, TimeZone timeZone)
            throws SQLException {
        super(statement, signature, metaData, timeZone);
    }

    @Override
    public @Nullable String getString(String label) throws SQLException {
        return getString(findColumn(label));
    }

    @Override
    public boolean getBoolean(String label) throws SQLException {
        return getBoolean(findColumn(label));
    }

    @Override
    public byte getByte(String label) throws SQLException {
        return getByte(findColumn(label));
    }

    @Override
    public short getShort(String label) throws SQLException {
        return getShort(findColumn(label));
    }

    @Override
    public int getInt(String label) throws SQLException {
        return getInt(findColumn(label));
    }

    @Override
    public long getLong(String label) throws SQLException {
        return getLong(findColumn(label));
    }

    @Override
    public float getFloat(String label) throws SQLException {
        return getFloat(findColumn(label));
    }

    @Override
    public double getDouble(String label) throws SQLException {
        return getDouble(findColumn(label));
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(String label) throws SQLException {
        return getBigDecimal(findColumn(label));
    }

    @Override
    public byte @Nullable [] getBytes(String label) throws SQLException {
        return getBytes(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(String label) throws SQLException {
        return getDate(findColumn(label));
    }

    @Override
    public @Nullable Time getTime(String label) throws SQLException {
        return getTime(findColumn(label));
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label) throws SQLException {
        return getTimestamp(findColumn(label));
    }

    @Override
    public @Nullable Object getObject(String label) throws SQLException {
        return getObject(findColumn(label));
    }

    @Override
    public @Nullable InputStream getBinaryStream(String label) throws SQLException {
        return getBinaryStream(findColumn(label));
    }

    @Override
    public @Nullable InputStream getAsciiStream(String label) throws SQLException {
        return getAsciiStream(findColumn(label));
    }

    @Override
    public @Nullable Reader getCharacterStream(String label) throws SQLException {
        return getCharacterStream(findColumn(label));
    }

    @Override
    public @Nullable String getNString(String label) throws SQLException {
        return getString(label);
    }

    @Override
    public @Nullable Reader getNCharacterStream(String label) throws SQLException {
        return getCharacterStream(label);
    }

    @Override
    public @Nullable Date getDate(String label, @Nullable Calendar calendar) throws SQLException {
        return getDate(findColumn(label), calendar);
    }

    @Override
    public @Nullable Time getTime(String label, @Nullable Calendar calendar) throws SQLException {
        return getTime(findColumn(label), calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label, @Nullable Calendar calendar) throws SQLException {
        return getTimestamp(findColumn(label), calendar);
    }

    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // JDBC's method, not ours to retire.
    @Override
    public @Nullable BigDecimal getBigDecimal(String label, int scale) throws SQLException {
        return getBigDecimal(findColumn(label), scale);
    }

    @Override
    public <T> @Nullable T getObject(String label, Class<T> type) throws SQLException {
        return getObject(findColumn(label), type);
    }

    @Override
    public @Nullable Object getObject(String label, @Nullable Map<String, Class<?>> map) throws SQLException {
        return getObject(findColumn(label));
    }

    @Override
    public @Nullable Array getArray(String label) throws SQLException {
        return getArray(findColumn(label));
    }

    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // JDBC's method, not ours to retire.
    @Override
    public @Nullable InputStream getUnicodeStream(String label) throws SQLException {
        return getUnicodeStream(findColumn(label));
    }

    @Override
    public void updateObject(String label, @Nullable Object x, SQLType type, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, @Nullable Object x, SQLType type) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateArray(String label, @Nullable Array x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBigDecimal(String label, @Nullable BigDecimal x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable Blob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBoolean(String label, boolean x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBytes(String label, byte @Nullable [] x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateByte(String label, byte x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Clob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDate(String label, @Nullable Date x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDouble(String label, double x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateFloat(String label, float x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateInt(String label, int x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateLong(String label, long x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(String label, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(String label, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable NClob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNString(String label, @Nullable String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNull(String label) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, @Nullable Object x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, @Nullable Object x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRef(String label, @Nullable Ref x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRowId(String label, @Nullable RowId x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateSQLXML(String label, @Nullable SQLXML x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateShort(String label, short x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateString(String label, @Nullable String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTimestamp(String label, @Nullable Timestamp x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTime(String label, @Nullable Time x) throws SQLException {
        throw readOnly();
    }
}
