package io.rediscalcite.jdbc;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SystemTablesTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @Test
    void show() throws Exception {
        redis.exec("HSET", "user:1", "name", "Ann");
        redis.exec("HSET", "user:2", "name", "Bob");
        redis.exec("SET", "greeting", "hello", "EX", "100");
        redis.exec("FT.CREATE", "idx", "PREFIX", "1", "user:", "SCHEMA", "name", "TEXT");
        try (Connection connection = DriverManager.getConnection(redis.url())) {
            for (String sql : java.nio.file.Files.readString(java.nio.file.Path.of("/tmp/sqls"))
                    .split(";")) {
                System.out.println("## " + sql);
                try {
                    Sql.rows(connection, sql).stream().limit(12).forEach(System.out::println);
                } catch (Exception e) {
                    System.out.println(e);
                }
            }
            Sql.rows(connection.getMetaData().getTables(null, null, "%", null)).forEach(System.out::println);
        }
    }
}
