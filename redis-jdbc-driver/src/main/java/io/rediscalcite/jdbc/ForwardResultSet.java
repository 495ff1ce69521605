package io.rediscalcite.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** What every forward-only result set says alike: each kind of a value is one of few, and there is no way back. */
abstract class ForwardResultSet extends LabelledResultSet {
    ForwardResultSet(
            AvaticaStatement statement, Meta.Signature signature, ResultSetMetaData metaData, TimeZone timeZone)
            throws SQLException {
        super(statement, signature, metaData, timeZone);
    }

    @Override
    public @Nullable Date getDate(int column) throws SQLException {
        return getDate(column, null);
    }

    @Override
    public @Nullable Time getTime(int column) throws SQLException {
        return getTime(column, null);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column) throws SQLException {
        return getTimestamp(column, null);
    }

    @Override
    public @Nullable String getNString(int column) throws SQLException {
        return getString(column);
    }

    @Override
    public @Nullable Reader getNCharacterStream(int column) throws SQLException {
        return getCharacterStream(column);
    }

    @Override
    public Ref getRef(int column) throws SQLException {
        throw SqlErrors.notSupported("a REF");
    }

    @Override
    public Ref getRef(String label) throws SQLException {
        throw SqlErrors.notSupported("a REF");
    }

    @Override
    public RowId getRowId(int column) throws SQLException {
        throw SqlErrors.notSupported("a ROWID");
    }

    @Override
    public RowId getRowId(String label) throws SQLException {
        throw SqlErrors.notSupported("a ROWID");
    }

    @Override
    public Blob getBlob(int column) throws SQLException {
        throw SqlErrors.notSupported("a BLOB (use getBytes)");
    }

    @Override
    public Blob getBlob(String label) throws SQLException {
        throw SqlErrors.notSupported("a BLOB (use getBytes)");
    }

    @Override
    public Clob getClob(int column) throws SQLException {
        throw SqlErrors.notSupported("a CLOB (use getString)");
    }

    @Override
    public Clob getClob(String label) throws SQLException {
        throw SqlErrors.notSupported("a CLOB (use getString)");
    }

    @Override
    public NClob getNClob(int column) throws SQLException {
        throw SqlErrors.notSupported("an NCLOB (use getString)");
    }

    @Override
    public NClob getNClob(String label) throws SQLException {
        throw SqlErrors.notSupported("an NCLOB (use getString)");
    }

    @Override
    public SQLXML getSQLXML(int column) throws SQLException {
        throw SqlErrors.notSupported("SQLXML (use getString)");
    }

    @Override
    public SQLXML getSQLXML(String label) throws SQLException {
        throw SqlErrors.notSupported("SQLXML (use getString)");
    }

    @Override
    public URL getURL(int column) throws SQLException {
        throw SqlErrors.notSupported("a URL (use getString)");
    }

    @Override
    public URL getURL(String label) throws SQLException {
        throw SqlErrors.notSupported("a URL (use getString)");
    }

    @Deprecated
    @Override
    public @Nullable InputStream getUnicodeStream(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String getCursorName() throws SQLException {
        throw SqlErrors.notSupported("a cursor name");
    }

    @Override
    public boolean first() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean last() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean previous() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean isLast() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public void beforeFirst() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public void afterLast() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean absolute(int rows) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        throw forwardOnly();
    }

    private static SQLException forwardOnly() {
        return SqlErrors.notSupported("moving in a result set other than forwards with next()");
    }
}
