package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rediscalcite.adapter.client.Replies.Cursor;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    private static final Endpoint SERVER = new Endpoint("server", 1);

    /** Bytes on the wire, and what they say. */
    record Sample(String wire, List<String> texts) {
        static Sample of(String wire, String... texts) {
            return new Sample(wire, List.of(texts));
        }
    }

    static final List<Sample> SAMPLES = List.of(
            Sample.of("+OK\r\n-ERR no\r\n:-12\r\n", "OK", "(error) ERR no", "-12"),
            Sample.of("$5\r\nhello\r\n$0\r\n\r\n$-1\r\n", "hello", "", "null"),
            Sample.of("$4\r\n\r\n\r\n\r\n*-1\r\n*0\r\n", "\r\n\r\n", "null", "[]"),
            Sample.of("*2\r\n*2\r\n$1\r\na\r\n$-1\r\n:7\r\n+PONG\r\n", "[[a, null], 7]", "PONG"),
            Sample.of(
                    "_\r\n#t\r\n#f\r\n,3.25\r\n,inf\r\n(12345678901234567890\r\n",
                    "null",
                    "t",
                    "f",
                    "3.25",
                    "inf",
                    "12345678901234567890"),
            Sample.of(
                    "=15\r\ntxt:Some string\r\n!21\r\nSYNTAX invalid syntax\r\n",
                    "Some string",
                    "(error) SYNTAX invalid syntax"),
            Sample.of(
                    "%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n:2\r\n~2\r\n+x\r\n+y\r\n%0\r\n",
                    "map[a, 1, b, [2]]", "set[x, y]", "map[]"),
            Sample.of("|1\r\n+ttl\r\n%1\r\n+x\r\n:1\r\n*2\r\n:1\r\n|1\r\n+k\r\n$1\r\nv\r\n:2\r\n", "[1, 2]"),
            Sample.of(">3\r\n+message\r\n$1\r\nc\r\n*1\r\n$2\r\nhi\r\n+OK\r\n>1\r\n+x\r\n:1\r\n", "OK", "1"));

    @Test
    void everyKindHoweverItIsSplit() throws ReplyException {
        for (Sample sample : SAMPLES) {
            byte[] wire = sample.wire().getBytes(UTF_8);
            for (int a = 0; a <= wire.length; a++) {
                for (int b = a; b <= wire.length; b++) {
                    assertEquals(
                            sample.texts(), read(wire, sample.texts().size(), a, b), () -> "wire " + sample.wire());
                }
            }
        }
    }

    @Test
    void allSamplesInOneStreamByteByByte() throws ReplyException {
        StringBuilder wire = new StringBuilder();
        List<String> texts = new ArrayList<>();
        SAMPLES.forEach(sample -> {
            wire.append(sample.wire());
            texts.addAll(sample.texts());
        });
        byte[] bytes = wire.toString().getBytes(UTF_8);
        ReplyReader reader = new ReplyReader(texts.size(), 1, 1);
        for (int i = 0; i < bytes.length; i++) {
            assertEquals(i == bytes.length - 1, reader.read(Unpooled.wrappedBuffer(bytes, i, 1)));
        }
        assertEquals(texts, Texts.of(reader.replies(SERVER)));
    }

    @Property(tries = 300)
    void randomRepliesInRandomPieces(@ForAll("values") List<Object> values, @ForAll List<Integer> cuts)
            throws ReplyException {
        StringBuilder wire = new StringBuilder();
        values.forEach(value -> encode(value, wire));
        byte[] bytes = wire.toString().getBytes(ISO_8859_1);
        int[] at = cuts.stream()
                .mapToInt(cut -> Math.floorMod(cut, bytes.length + 1))
                .sorted()
                .toArray();
        assertEquals(values.stream().map(ReplyReaderTest::text).toList(), read(bytes, values.size(), at));
    }

    @Test
    void whatFollowsIsLeftForTheNext() throws ReplyException {
        ByteBuf in = Unpooled.copiedBuffer("$3\r\nabc\r\n:1\r\n+rest", UTF_8);
        ReplyReader reader = new ReplyReader(2, 4, 1);
        assertTrue(reader.read(in));
        assertEquals("+rest", in.toString(UTF_8));
        assertEquals(List.of("abc", "1"), Texts.of(reader.replies(SERVER)));
    }

    @Test
    void discardedRepliesEndWhereTheyShouldAndKeepNothing() throws ReplyException {
        byte[] wire = "*2\r\n$10\r\n0123456789\r\n*1\r\n:1\r\n$4\r\nlast\r\n+next".getBytes(UTF_8);
        for (int when = 0; when < wire.length - 5; when++) {
            ReplyReader reader = new ReplyReader(2, 16, 4);
            boolean done = false;
            for (int i = 0; i < wire.length && !done; i++) {
                if (i == when) {
                    reader.discard();
                }
                done = reader.read(Unpooled.wrappedBuffer(wire, i, 1));
                assertEquals(i == wire.length - 6, done);
                assertTrue(i < when || reader.bytes() <= 5, "kept " + reader.bytes());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "\u0015\u0003\u0001",
                "$abc\r\n",
                "$99999999999\r\n",
                "*9999999999999999999999\r\n",
                "%2000000000\r\n",
                "$?\r\n"
            })
    void whatIsNotRespIsRefused(String wire) {
        assertThrows(ReplyException.class, () -> new ReplyReader(1, 16, 1).read(Unpooled.copiedBuffer(wire, UTF_8)));
    }

    @Test
    void announcedSizesTakeNoMemory() throws ReplyException {
        ReplyReader reader = new ReplyReader(1, 16, 1);
        assertFalse(reader.read(Unpooled.copiedBuffer("*1000000000\r\n$500000000\r\nx", UTF_8)));
        assertEquals(1 + "*1000000000\r\n$500000000\r\n".length(), reader.bytes());
    }

    @ParameterizedTest
    @CsvSource({
        ":0,0",
        ":-1,-1",
        "+12,12",
        ":9223372036854775807,9223372036854775807",
        ":-9223372036854775808,-9223372036854775808",
        "#t,1",
        "#f,0",
        ":999999999999999999,999999999999999999",
        "+007,7"
    })
    void longsAreExact(String wire, long expected) throws ReplyException {
        assertEquals(expected, cursor(wire + "\r\n").longValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "+-", "+1.5", "+9223372036854775808", "+1x", "+ 1", "_"})
    void whatIsNoLongIsABadValue(String wire) throws ReplyException {
        Cursor cursor = cursor(wire + "\r\n");
        assertEquals(
                SqlState.BAD_VALUE,
                assertThrows(RedisSqlException.class, cursor::longValue).state());
    }

    @Test
    void aCursorSkipsWholeValues() throws ReplyException {
        Cursor cursor = cursor("*3\r\n*2\r\n:1\r\n%1\r\n+k\r\n*1\r\n:2\r\n+b\r\n$1\r\nc\r\n");
        assertEquals(3, cursor.arrayLength());
        assertEquals(-1, cursor.length());
        cursor.next();
        cursor.skip();
        cursor.next();
        assertEquals("b", cursor.text());
        cursor.skip();
        cursor.next();
        assertArrayEquals(new byte[] {'c'}, cursor.bytes());
        assertEquals('c', cursor.buffer()[cursor.offset()]);
        assertEquals(1, cursor.length());
        assertFalse(cursor.next());
    }

    @Test
    void aListIsNoText() throws ReplyException {
        Cursor cursor = cursor("*1\r\n:1\r\n");
        assertEquals(
                SqlState.SERVER_ERROR,
                assertThrows(RedisSqlException.class, cursor::text).state());
    }

    private static Cursor cursor(String wire) throws ReplyException {
        ReplyReader reader = new ReplyReader(1, 16, 1);
        assertTrue(reader.read(Unpooled.copiedBuffer(wire, UTF_8)));
        Cursor cursor = reader.replies(SERVER).cursor();
        assertTrue(cursor.next());
        return cursor;
    }

    private static List<String> read(byte[] wire, int replies, int... cuts) throws ReplyException {
        ReplyReader reader = new ReplyReader(replies, 1, 1);
        int from = 0;
        for (int cut : Stream.concat(Arrays.stream(cuts).boxed(), Stream.of(wire.length))
                .toList()) {
            reader.read(Unpooled.wrappedBuffer(wire, from, cut - from));
            from = cut;
        }
        return Texts.of(reader.replies(SERVER));
    }

    @Provide
    Arbitrary<List<Object>> values() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.longs().map(value -> (Object) value),
                Arbitraries.strings()
                        .withCharRange('\0', '\u00ff')
                        .ofMaxLength(40)
                        .map(value -> (Object) value),
                Arbitraries.just((Object) true));
        return Arbitraries.recursive(
                        () -> leaf, inner -> inner.list().ofMaxSize(4).map(list -> (Object) list), 0, 4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static void encode(Object value, StringBuilder wire) {
        if (value instanceof List<?> list) {
            wire.append('*').append(list.size()).append("\r\n");
            list.forEach(element -> encode(element, wire));
        } else if (value instanceof String text) {
            wire.append('$').append(text.length()).append("\r\n").append(text).append("\r\n");
        } else {
            wire.append(value instanceof Boolean ? "$-1" : ":" + value).append("\r\n");
        }
    }

    /** As {@link Texts} has it: bytes that aren't UTF-8 come out replaced there. */
    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ReplyReaderTest::text).toList().toString();
        }
        return value instanceof Boolean
                ? "null"
                : new String(String.valueOf(value).getBytes(ISO_8859_1), UTF_8);
    }
}
