package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Spark reads a table in partitions, each a range of hash slots. */
class SparkIT {
    private static final int LISTS = 1000;
    private static final int ELEMENTS = 1000;
    private static final String MODEL =
            "inline:{version:'1.0', defaultSchema:'redis', schemas:[{name:'redis', type:'custom',"
                    + " factory:'io.rediscalcite.adapter.RedisSchemaFactory', operand:{tables:["
                    + "{name:'reading', type:'list', key:'reading:{sensor}', systemColumns:['_slot']}]}}]}";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @BeforeAll
    static void load() {
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

    @Test
    void readsAMillionRowsInFourPartitions() {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("WARN");
            Dataset<Row> readings = spark.read()
                    .format("jdbc")
                    .options(Map.of(
                            "url", redis.url(),
                            "driver", "io.rediscalcite.jdbc.RedisDriver",
                            "model", MODEL,
                            "dbtable", "reading",
                            "partitionColumn", "_slot",
                            "lowerBound", "0",
                            "upperBound", "16384",
                            "numPartitions", "4"))
                    .load();
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
            assertEquals(
                    ELEMENTS, readings.filter("sensor = '7'").select("element").count());
        }
    }
}
