package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/** What of a connection is the same for every database without transactions, procedures, catalogues and large objects. */
abstract class PlainConnection extends AvaticaConnection {
    PlainConnection(UnregisteredDriver driver, AvaticaFactory factory, String url, Properties info) {
        super(driver, factory, url, info);
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw SqlErrors.notSupported("CALL");
    }

    @Override
    public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency) throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public CallableStatement prepareCall(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return sql;
    }

    @Override
    public @Nullable String getCatalog() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public void setCatalog(@Nullable String catalog) throws SQLException {
        checkOpen();
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return TRANSACTION_NONE;
    }

    /** Takes any level; there is none. */
    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw SqlErrors.notSupported("a savepoint");
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return setSavepoint();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        throw SqlErrors.notSupported("a savepoint");
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        throw SqlErrors.notSupported("a savepoint");
    }

    @Override
    public Clob createClob() throws SQLException {
        throw SqlErrors.notSupported("CLOB");
    }

    @Override
    public Blob createBlob() throws SQLException {
        throw SqlErrors.notSupported("BLOB");
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw SqlErrors.notSupported("NCLOB");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw SqlErrors.notSupported("SQLXML");
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        throw SqlErrors.notSupported("a STRUCT");
    }

    @Override
    public Array createArrayOf(@Nullable String typeName, Object @Nullable [] elements) throws SQLException {
        checkOpen();
        if (typeName == null || elements == null) {
            throw SqlErrors.exception(SqlState.BAD_VALUE, "an array needs a type's name and elements");
        }
        try {
            return super.createArrayOf(typeName, elements);
        } catch (SQLException unknown) {
            throw SqlErrors.exception(
                    SqlState.BAD_VALUE, "there is no type '" + typeName + "' for an array's elements", unknown);
        }
    }

    /** Takes either kind, since nothing is ever committed. */
    @Override
    public void setHoldability(int holdability) throws SQLException {
        checkOpen();
        if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
            throw SqlErrors.exception(SqlState.BAD_VALUE, "there is no holdability " + holdability);
        }
        super.setHoldability(holdability);
    }

    @Override
    public boolean setShardingKeyIfValid(@Nullable ShardingKey key, @Nullable ShardingKey superKey, int timeout)
            throws SQLException {
        throw SqlErrors.notSupported("a sharding key");
    }

    @Override
    public boolean setShardingKeyIfValid(@Nullable ShardingKey key, int timeout) throws SQLException {
        throw SqlErrors.notSupported("a sharding key");
    }

    @Override
    public void setShardingKey(@Nullable ShardingKey key, @Nullable ShardingKey superKey) throws SQLException {
        throw SqlErrors.notSupported("a sharding key");
    }

    @Override
    public void setShardingKey(@Nullable ShardingKey key) throws SQLException {
        throw SqlErrors.notSupported("a sharding key");
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return Map.of();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        checkOpen();
    }
}
