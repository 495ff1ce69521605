package io.rediscalcite.jdbc;

import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.Meta;

/** The columns of a result. */
final class RedisResultSetMetaData extends AvaticaResultSetMetaData {
    RedisResultSetMetaData(RedisStatement statement, Meta.Signature signature) {
        super(statement, null, signature);
    }
}
