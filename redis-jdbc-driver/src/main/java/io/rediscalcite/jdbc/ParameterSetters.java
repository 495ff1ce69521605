package io.rediscalcite.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** The many ways to set a parameter, which are all one: {@link #bind}. */
abstract class ParameterSetters extends RedisStatement implements PreparedStatement {
    ParameterSetters(
            RedisConnection connection, int resultSetType, int resultSetConcurrency, int resultSetHoldability) {
        super(connection, resultSetType, resultSetConcurrency, resultSetHoldability);
    }

    /**
     * Gives a parameter its value.
     *
     * @param index from 1
     * @throws SQLException 22P02 if there is no such parameter, or the value isn't of its type and can't be made so
     */
    abstract void bind(int index, @Nullable Object value) throws SQLException;

    @Override
    public void setBoolean(int index, boolean x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setByte(int index, byte x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setShort(int index, short x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setInt(int index, int x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setLong(int index, long x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setFloat(int index, float x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDouble(int index, double x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setBigDecimal(int index, @Nullable BigDecimal x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setString(int index, @Nullable String x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setNString(int index, @Nullable String x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setBytes(int index, byte @Nullable [] x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDate(int index, @Nullable Date x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setTime(int index, @Nullable Time x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setObject(int index, @Nullable Object x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        bind(index, null);
    }

    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        bind(index, null);
    }

    @Override
    public void setObject(int index, @Nullable Object x, int targetSqlType) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setObject(int index, @Nullable Object x, int targetSqlType, int scaleOrLength) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setObject(int index, @Nullable Object x, SQLType targetSqlType) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setObject(int index, @Nullable Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDate(int index, @Nullable Date x, @Nullable Calendar calendar) throws SQLException {
        bind(index, Streams.inZone(x, calendar));
    }

    @Override
    public void setTime(int index, @Nullable Time x, @Nullable Calendar calendar) throws SQLException {
        bind(index, Streams.inZone(x, calendar));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x, @Nullable Calendar calendar) throws SQLException {
        bind(index, Streams.inZone(x, calendar));
    }

    @Override
    public void setURL(int index, @Nullable URL x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setArray(int index, @Nullable Array x) throws SQLException {
        bind(index, x == null ? null : x.getArray());
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, int length) throws SQLException {
        bind(index, Streams.ascii(x, length));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        bind(index, Streams.ascii(x, length));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        bind(index, Streams.ascii(x, Streams.ALL));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        bind(index, Streams.bytes(x, length));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        bind(index, Streams.bytes(x, length));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        bind(index, Streams.bytes(x, Streams.ALL));
    }

    @Deprecated
    @Override
    public void setUnicodeStream(int index, @Nullable InputStream x, int length) throws SQLException {
        bind(index, Streams.utf8(x, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, int length) throws SQLException {
        bind(index, Streams.text(x, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        bind(index, Streams.text(x, length));
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x) throws SQLException {
        bind(index, Streams.text(x, Streams.ALL));
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        bind(index, Streams.text(x, length));
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x) throws SQLException {
        bind(index, Streams.text(x, Streams.ALL));
    }

    @Override
    public void setClob(int index, @Nullable Reader x, long length) throws SQLException {
        bind(index, Streams.text(x, length));
    }

    @Override
    public void setClob(int index, @Nullable Reader x) throws SQLException {
        bind(index, Streams.text(x, Streams.ALL));
    }

    @Override
    public void setNClob(int index, @Nullable Reader x, long length) throws SQLException {
        bind(index, Streams.text(x, length));
    }

    @Override
    public void setNClob(int index, @Nullable Reader x) throws SQLException {
        bind(index, Streams.text(x, Streams.ALL));
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x, long length) throws SQLException {
        bind(index, Streams.bytes(x, length));
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x) throws SQLException {
        bind(index, Streams.bytes(x, Streams.ALL));
    }

    @Override
    public void setBlob(int index, @Nullable Blob x) throws SQLException {
        bind(index, x == null ? null : Streams.bytes(x.getBinaryStream(), Streams.ALL));
    }

    @Override
    public void setClob(int index, @Nullable Clob x) throws SQLException {
        bind(index, x == null ? null : Streams.text(x.getCharacterStream(), Streams.ALL));
    }

    @Override
    public void setNClob(int index, @Nullable NClob x) throws SQLException {
        bind(index, x == null ? null : Streams.text(x.getCharacterStream(), Streams.ALL));
    }

    @Override
    public void setSQLXML(int index, @Nullable SQLXML x) throws SQLException {
        bind(index, x == null ? null : x.getString());
    }

    @Override
    public void setRef(int index, @Nullable Ref x) throws SQLException {
        throw SqlErrors.notSupported("a REF parameter");
    }

    @Override
    public void setRowId(int index, @Nullable RowId x) throws SQLException {
        throw SqlErrors.notSupported("a ROWID parameter");
    }
}
