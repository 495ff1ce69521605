package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a cluster an index of this module is over the keys of one node, so the keys of all are scanned for. */
class ClusterIndexTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().cluster();

    @Test
    void rowsOfAllNodesComeByScanAndThePlanSaysWhy() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC SORTABLE");
        for (int i = 0; i < 60; i++) {
            redis.exec("HSET", "p:" + i, "n", i);
        }
        try (Connection connection = IndexedTables.connect(
                redis,
                "",
                "{name:'p', type:'hash', key:'p:{id}', index:'idx', columns:[{name:'n', type:'INTEGER'}]}")) {
            String sql = "SELECT COUNT(*) FROM p WHERE n >= 20";
            assertEquals(List.of("40"), IndexedTables.rows(connection, sql));
            String scans = IndexedTables.scans(connection, sql);
            assertTrue(
                    scans.contains("idx: on a cluster an index may cover one node's keys alone, or repeat rows"),
                    scans);
        }
    }
}
