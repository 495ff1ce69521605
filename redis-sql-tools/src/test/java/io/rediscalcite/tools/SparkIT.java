package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import scala.Option;

/** Spark reads a table in partitions, each a range of hash slots, and writes by batches. */
class SparkIT {
    private static final int LISTS = 1000;
    private static final int ELEMENTS = 1000;
    private static final String MODEL =
            "inline:{version:'1.0', defaultSchema:'redis', schemas:[{name:'redis', type:'custom',"
                    + " factory:'io.rediscalcite.adapter.RedisSchemaFactory', operand:{tables:["
                    + "{name:'reading', type:'list', key:'reading:{sensor}', systemColumns:['_slot']},"
                    + "{name:'visit', type:'hash', key:'visit:{id}', systemColumns:['_slot'],"
                    + " columns:[{name:'n', type:'BIGINT'}]},"
                    + "{name:'metering', type:'hash', key:'metering:{id}', columns:[{name:'id', type:'BIGINT'},"
                    + "{name:'station'}, {name:'value', type:'DOUBLE'}, {name:'good', type:'BOOLEAN'},"
                    + "{name:'at', type:'TIMESTAMP(3)'}, {name:'price', type:'DECIMAL(12,2)'}]}]}}]}";
    private static final int MEASURES = 20_000;
    private static final int VISITS = 6_000;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @RegisterExtension
    static final RedisServerExtension cluster = RedisServerExtension.start().cluster();

    private static SparkSession spark;

    @BeforeAll
    static void load() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("OFF");
        List<Object[]> commands = new ArrayList<>();
        for (int i = 0; i < LISTS; i++) {
            Object[] push = new Object[ELEMENTS + 2];
            push[0] = "RPUSH";
            push[1] = "reading:" + i;
            for (int j = 0; j < ELEMENTS; j++) {
                push[j + 2] = i * ELEMENTS + j;
            }
            commands.add(push);
        }
        redis.pipeline(commands);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static Map<String, String> options(String table) {
        return Map.of(
                "url",
                redis.url(),
                "driver",
                "io.rediscalcite.jdbc.RedisDriver",
                "model",
                MODEL,
                "discover",
                "true",
                "dbtable",
                table);
    }

    private static Dataset<Row> inFourPartitions(String table, RedisServerExtension server) {
        return spark.read()
                .format("jdbc")
                .options(options(table))
                .option("url", server.url())
                .option("partitionColumn", "_slot")
                .option("lowerBound", 0)
                .option("upperBound", 16_384)
                .option("numPartitions", 4)
                .load();
    }

    @Test
    void readsAMillionRowsInFourPartitions() {
        Dataset<Row> readings = inFourPartitions("reading", redis);
        assertEquals(4, readings.javaRDD().getNumPartitions());
        Row all = readings.agg(
                        functions.count("*"),
                        functions.countDistinct("_key", "position"),
                        functions.sum(functions.col("element").cast("bigint")))
                .first();
        long rows = (long) LISTS * ELEMENTS;
        assertEquals(rows, all.getLong(0));
        assertEquals(rows, all.getLong(1));
        assertEquals(rows * (rows - 1) / 2, all.getLong(2));
        assertEquals(ELEMENTS, readings.filter("sensor = '7'").select("element").count());
    }

    /** Three masters: each partition reads its slots from one or two of them. */
    @Test
    void readsAClusterInFourPartitions() {
        for (int i = 0; i < VISITS; i++) {
            cluster.exec("HSET", "visit:" + i, "n", i);
        }
        Row all = inFourPartitions("visit", cluster)
                .agg(functions.count("*"), functions.countDistinct("id"), functions.sum("n"))
                .first();
        assertEquals(VISITS, all.getLong(0));
        assertEquals(VISITS, all.getLong(1));
        assertEquals((long) VISITS * (VISITS - 1) / 2, all.getLong(2));
    }

    private static Dataset<Row> measures(int count) {
        return spark.range(count)
                .selectExpr(
                        "id",
                        "IF(id % 10 = 0, NULL, CONCAT('s', id % 7)) AS station",
                        "id / 4D AS value",
                        "id % 2 = 0 AS good",
                        "TIMESTAMP_MILLIS(1700000000000 + id) AS at",
                        "CAST(id AS DECIMAL(12, 2)) / 8 AS price")
                .withColumn("price", functions.col("price").cast("decimal(12,2)"));
    }

    private static Dataset<Row> written() {
        return spark.read()
                .format("jdbc")
                .options(options("metering"))
                .load()
                .select("id", "station", "value", "good", "at", "price");
    }

    private static void write(Dataset<Row> rows, SaveMode mode, Map<String, String> more) {
        rows.write()
                .format("jdbc")
                .options(options("metering"))
                .options(more)
                .mode(mode)
                .save();
    }

    private static String failure(Runnable writing) {
        Throwable failure = assertThrows(Exception.class, writing::run);
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }

    /** The table is declared in the model: Spark asks whether it is there by a query without rows, and then sends batches. */
    @Test
    void writesByBatches() throws Exception {
        Dataset<Row> rows = measures(MEASURES).cache();
        Map<String, Long> sent = new CommandCounter(redis)
                .during(() -> write(rows.repartition(4), SaveMode.Append, Map.of("batchsize", "1000")));
        assertEquals(MEASURES, written().count());
        assertEquals(0, written().except(rows).count() + rows.except(written()).count());
        // A pipeline begins with the script that writes a row whole; a row by itself would load it each time.
        assertTrue(sent.getOrDefault("script|load", 0L) <= MEASURES / 500, sent.toString());
        String again = failure(() -> write(rows, SaveMode.Append, Map.of()));
        assertTrue(again.contains("is there already"), again);
        write(
                measures(10).withColumn("station", functions.lit("new")),
                SaveMode.Append,
                Map.of("onConflict", "replace"));
        assertEquals(MEASURES, written().count());
        assertEquals(10, written().filter("station = 'new'").count());
        overwrites();
    }

    /** By default Spark drops the table and makes it anew, which is refused and changes nothing; with a dialect it truncates. */
    private static void overwrites() {
        String refused = failure(() -> write(measures(5), SaveMode.Overwrite, Map.of("truncate", "true")));
        assertTrue(refused.contains("DROP"), refused);
        assertEquals(MEASURES, written().count());
        JdbcDialect dialect = new TruncatingDialect();
        JdbcDialects.registerDialect(dialect);
        try {
            write(measures(5), SaveMode.Overwrite, Map.of("truncate", "true"));
        } finally {
            JdbcDialects.unregisterDialect(dialect);
        }
        assertEquals(5, written().count());
    }

    @Test
    void makesNoTable() {
        String refused = failure(() -> measures(5)
                .write()
                .format("jdbc")
                .options(options("no_such_table"))
                .mode(SaveMode.Append)
                .save());
        assertTrue(refused.contains("CREATE TABLE"), refused);
    }

    /** All that Spark must know of Redis SQL to empty a table instead of dropping it. */
    private static final class TruncatingDialect extends JdbcDialect {
        @Override
        public boolean canHandle(String url) {
            return url.startsWith("jdbc:redis-sql:");
        }

        @Override
        public Option<Object> isCascadingTruncateTable() {
            return Option.apply(false);
        }
    }
}
