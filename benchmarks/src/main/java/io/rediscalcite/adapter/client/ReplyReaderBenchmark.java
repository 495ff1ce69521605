package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cutting the replies of 1,000 HMGET of 7 fields into values, in one piece and in pieces as a socket gives them. It stands in the
 * reader's package, which nobody else may see.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplyReaderBenchmark {
    private static final int REPLIES = 1000;
    private static final String[] ROW = {
        "User 4711", "user4711@example.com", "42", "731.5", "City 17", "true", "1699999999"
    };
    private static final int PIECE = 16 << 10;

    private final byte[] wire = wire();

    @Benchmark
    public Replies whole() throws ReplyException {
        return read(wire.length);
    }

    @Benchmark
    public Replies inPieces() throws ReplyException {
        return read(PIECE);
    }

    /** Reading, and then walking over all values. */
    @Benchmark
    public long withCursor() throws ReplyException {
        Replies.Cursor cursor = read(PIECE).cursor();
        long bytes = 0;
        while (cursor.next()) {
            bytes += cursor.length();
        }
        return bytes;
    }

    private Replies read(int piece) throws ReplyException {
        ReplyReader reader = new ReplyReader(REPLIES, wire.length, REPLIES * (ROW.length + 1));
        for (int from = 0; from < wire.length; from += piece) {
            ByteBuf arrived = Unpooled.wrappedBuffer(wire, from, Math.min(piece, wire.length - from));
            reader.read(arrived);
        }
        return reader.replies(new Endpoint("server", 1));
    }

    private static byte[] wire() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < REPLIES; i++) {
            text.append('*').append(ROW.length).append("\r\n");
            for (String value : ROW) {
                text.append('$')
                        .append(value.length())
                        .append("\r\n")
                        .append(value)
                        .append("\r\n");
            }
        }
        return text.toString().getBytes(UTF_8);
    }
}
