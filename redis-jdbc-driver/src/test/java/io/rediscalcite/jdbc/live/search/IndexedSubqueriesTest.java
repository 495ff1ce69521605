package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Indexes asked with values that come from other rows of the query. */
class IndexedSubqueriesTest {
    private static final String TABLE =
            "{name:'p', type:'hash', key:'p:{id}', index:'idx', columns:[{name:'n'," + " type:'INTEGER'}, {name:'c'}]}";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @Test
    void aCorrelatedSubqueryAsksWithTheOuterRow() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC SORTABLE c TAG");
        for (int i = 0; i < 6; i++) {
            redis.exec("HSET", "p:" + i, "n", i, "c", "c" + i % 2);
        }
        try (Connection connection = IndexedTables.connect(redis, "", TABLE)) {
            String sql = "SELECT o.n, l.n FROM p o, LATERAL (SELECT n FROM p i WHERE i.n > o.n ORDER BY n LIMIT 1) AS l"
                    + " WHERE o.n < 3";
            assertEquals(List.of("0|1", "1|2", "2|3"), IndexedTables.sorted(connection, sql));
        }
    }
}
