package io.rediscalcite.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.type.Codec;
import io.rediscalcite.adapter.type.Codecs;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One value of each column type, from a reply's bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final Map<String, String> TEXTS = Map.of(
            "BOOLEAN", "true",
            "INTEGER", "73",
            "BIGINT", "1699999999000",
            "DOUBLE", "731.5",
            "DECIMAL(12, 2)", "1234567.89",
            "VARCHAR", "user4711@example.com",
            "DATE", "2013-01-31",
            "TIMESTAMP(3)", "2013-01-31 05:00:07.123");

    @Param({"BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DECIMAL(12, 2)", "VARCHAR", "DATE", "TIMESTAMP(3)"})
    private String type = "";

    private Codec codec = codec("VARCHAR");
    private byte[] bytes = {};
    private Object value = "";

    @Setup
    public void setUp() {
        codec = codec(type);
        bytes = TEXTS.getOrDefault(type, "").getBytes(UTF_8);
        value = codec.decode(bytes, 0, bytes.length);
    }

    private static Codec codec(String type) {
        return Codecs.of(new Column("c", ColumnType.parse(type), true, new ColumnSource.Field("c")), ZoneOffset.UTC);
    }

    @Benchmark
    public Object decode() {
        return codec.decode(bytes, 0, bytes.length);
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(value);
    }
}
