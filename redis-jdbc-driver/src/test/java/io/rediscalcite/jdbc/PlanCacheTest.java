package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

/** The same text is planned once, and anew where what decided its plan has changed. */
class PlanCacheTest {
    private static final String SQL = "SELECT carrier, COUNT(*) FROM flight WHERE delay > 0 GROUP BY carrier";

    private final ToyDatabase database = new ToyDatabase();

    private Plan plan(Connection connection, String sql) throws SQLException {
        RedisConnection redis = connection.unwrap(RedisConnection.class);
        return redis.plan(sql, redis.newExecution(sql, 0), 0);
    }

    @Test
    void theSameTextIsPlannedOnceForAllConnections() throws Exception {
        try (Connection one = database.connect();
                Connection other = database.connect()) {
            Plan plan = plan(one, SQL);
            assertSame(plan, plan(one, SQL));
            assertSame(plan, plan(other, SQL));
            assertNotSame(plan, plan(one, SQL + " "));
        }
    }

    @Test
    void otherOptionsAreAnotherPlan() throws Exception {
        try (Connection one = database.connect();
                Connection folding = database.connect(Map.of("unquotedCasing", "TO_LOWER"));
                Connection elsewhere = database.connect(Map.of("timeZone", "Asia/Tokyo"))) {
            assertNotSame(plan(one, SQL), plan(folding, SQL));
            assertNotSame(plan(one, SQL), plan(elsewhere, SQL));
        }
    }

    @Test
    void anotherDefaultSchemaIsAnotherPlan() throws Exception {
        database.rootSchema().add("empty", new org.apache.calcite.schema.impl.AbstractSchema());
        try (Connection connection = database.connect()) {
            Plan plan = plan(connection, "SELECT 1 FROM redis.flight");
            connection.setSchema("empty");
            assertNotSame(plan, plan(connection, "SELECT 1 FROM redis.flight"));
        }
    }

    private static final class OneColumn extends AbstractTable implements ScannableTable {
        private final int content;
        private final SqlTypeName type;

        OneColumn(int content, SqlTypeName type) {
            this.content = content;
            this.type = type;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory types) {
            return types.builder().add("n", type).build();
        }

        @Override
        public Enumerable<Object[]> scan(DataContext root) {
            Object value = type == SqlTypeName.INTEGER ? (Object) content : String.valueOf(content);
            return Linq4j.singletonEnumerable(new Object[] {value});
        }
    }

    @Test
    void anotherTableOfTheSameNameIsPlannedAnew() throws Exception {
        var schema = database.rootSchema().add("more", new org.apache.calcite.schema.impl.AbstractSchema());
        schema.add("t", new OneColumn(1, SqlTypeName.INTEGER));
        String sql = "SELECT n FROM more.t WHERE EXISTS (SELECT 1 FROM more.t)";
        try (Connection connection = database.connect();
                PreparedStatement prepared = connection.prepareStatement(sql)) {
            assertEquals("1", value(prepared));
            schema.add("t", new OneColumn(2, SqlTypeName.INTEGER));
            assertEquals("2", value(prepared));
            assertEquals(List.of("2"), Sql.rows(connection, sql));
            schema.add("t", new OneColumn(3, SqlTypeName.VARCHAR));
            SQLException changed = assertThrows(SQLException.class, () -> value(prepared));
            assertEquals("0A000", changed.getSQLState());
            assertEquals(List.of("3"), Sql.rows(connection, sql));
        }
    }

    private static String value(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    @Test
    void aTableThatGrewManyTimesIsAnotherTable() {
        TableUse use =
                new TableUse(List.of("redis", "t"), new OneColumn(1, SqlTypeName.INTEGER), OptionalDouble.of(5000));
        assertTrue(use.isAsLargeAs(OptionalDouble.of(19_000)));
        assertTrue(use.isAsLargeAs(OptionalDouble.empty()));
        assertFalse(use.isAsLargeAs(OptionalDouble.of(21_000)));
        assertFalse(use.isAsLargeAs(OptionalDouble.of(1)));
    }

    /** A sequence of random numbers begins anew with each statement. */
    @Test
    void statementsDontShareASequenceOfRandomNumbers() throws Exception {
        try (Connection connection = database.connect()) {
            String sql = "SELECT RAND(7) AS r FROM flight";
            List<String> first = Sql.rows(connection, sql);
            assertEquals(first, Sql.rows(connection, sql));
        }
    }

    @Test
    void onePlanRunsOnSeveralThreads() throws Exception {
        String sql = "SELECT COUNT(*) OVER (), f.id, a.\"value\" FROM flight f JOIN airline a ON a.carrier = f.carrier"
                + " WHERE f.id = ? AND a.\"value\" LIKE '%A_r%' ORDER BY 2";
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Connection connection = database.connect()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int id = i % 2 == 0 ? 1 : 3;
                answers.add(threads.submit(() -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        statement.setInt(1, id);
                        try (ResultSet rows = statement.executeQuery()) {
                            rows.next();
                            return id + "=" + rows.getLong(2) + rows.getString(3) + rows.getLong(1);
                        }
                    }
                }));
            }
            for (Future<String> answer : answers) {
                String got = answer.get();
                assertEquals(got.charAt(0) + "=" + got.charAt(0) + "American Airlines Inc.1", got);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
