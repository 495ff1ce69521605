package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.rediscalcite.adapter.client.ClientConfig;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.shell.demo.FlightsData;
import io.rediscalcite.testing.RedisServerExtension;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.hydromatic.quidem.Quidem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries over the flights: the rows in the scripts, and the rows that DuckDB gives on the same CSV files. */
class FlightsQueriesTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static Connection ours;
    private static Connection duckDb;

    @BeforeAll
    static void load() throws SQLException, IOException {
        try (RedisClient client = RedisClient.connect(ClientConfig.of("localhost", redis.port()))) {
            FlightsData.load(client, rows -> {});
        }
        ours = DriverManager.getConnection(url());
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckDb.createStatement()) {
            for (String sql : QuidemScript.duckDbTables()) {
                statement.execute(sql);
            }
        }
    }

    @AfterAll
    static void close() throws SQLException {
        ours.close();
        duckDb.close();
    }

    /** Enough samples to find fields that few planes have, such as speed. */
    private static String url() {
        return redis.url() + "?discoverSample=10000";
    }

    static Stream<QuidemScript> scripts() {
        return QuidemScript.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void givesTheRowsOfTheScript(QuidemScript script) throws IOException {
        StringWriter out = new StringWriter();
        new Quidem(Quidem.configBuilder()
                        .withReader(new StringReader(script.text()))
                        .withWriter(out)
                        .withConnectionFactory(
                                (name, reference) -> reference ? null : DriverManager.getConnection(url()))
                        .build())
                .execute();
        Path actual = Files.createDirectories(Path.of("target", "quidem")).resolve(script.toString());
        Files.write(actual, out.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(script.text(), out.toString(), () -> "diff " + script.file() + " " + actual.toAbsolutePath());
    }

    @TestFactory
    Stream<DynamicTest> givesTheRowsOfDuckDb() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (QuidemScript script : QuidemScript.all()) {
            for (QuidemScript.Query query : script.queries()) {
                tests.add(dynamicTest(script + ":" + query.line(), () -> compare(query.sql())));
            }
        }
        return tests.stream();
    }

    @Test
    void thereAreQueriesEnough() throws IOException {
        int queries = 0;
        for (QuidemScript script : QuidemScript.all()) {
            queries += script.queries().size();
        }
        assertTrue(queries >= 40, queries + " queries");
    }

    private static void compare(String sql) throws SQLException {
        List<List<ComparableValue>> expected = rows(duckDb, sql);
        List<List<ComparableValue>> actual = rows(ours, sql);
        assertEquals(lines(expected), lines(actual), sql);
    }

    private static String lines(List<List<ComparableValue>> rows) {
        return String.join("\n", rows.stream().map(Object::toString).toList());
    }

    private static List<List<ComparableValue>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<ComparableValue>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<ComparableValue> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(ComparableValue.read(result, column));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
