package io.rediscalcite.jdbc;

import org.apache.calcite.avatica.AvaticaDatabaseMetaData;

/** What tools ask about the database before they show it. */
final class RedisDatabaseMetaData extends AvaticaDatabaseMetaData {
    RedisDatabaseMetaData(RedisConnection connection) {
        super(connection);
    }
}
