package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelExamplesTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    static List<ModelExample> examples() {
        return ModelExample.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsCommentsAreTrue(ModelExample example) throws Exception {
        redis.flush();
        for (List<String> command : example.commands()) {
            redis.exec(command.toArray());
        }
        assertFalse(example.queries().isEmpty());
        // The URL of the model names another server: the driver's wins.
        assertEquals(
                "jdbc:redis-sql://localhost:6379",
                example.json().at("/schemas/0/operand/url").asText());
        try (Connection connection = DriverManager.getConnection(redis.url() + "?model=" + example.file())) {
            for (ModelExample.Query query : example.queries()) {
                try (ResultSet result = connection.createStatement().executeQuery(query.sql())) {
                    List<String> rows = LiveTables.text(result);
                    boolean ordered =
                            query.sql().contains(" ORDER BY ") && !query.sql().contains(" OVER ");
                    assertEquals(
                            query.rows(),
                            ordered ? rows : rows.stream().sorted().toList(),
                            query.sql());
                }
            }
        }
    }

    @Test
    void thereIsOneForEachTypeAndUse() {
        Set<String> names = examples().stream().map(ModelExample::toString).collect(Collectors.toSet());
        assertTrue(names.containsAll(Set.of(
                "hash.json",
                "json.json",
                "string.json",
                "set.json",
                "list.json",
                "zset.json",
                "stream.json",
                "timeseries.json",
                "feature-store.json",
                "leaderboards.json",
                "event-streams.json",
                "ephemeral-workbench.json")));
    }
}
