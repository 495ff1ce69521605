package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class CommandsTest {
    @Test
    void theWireIsResp() {
        Commands commands =
                new Commands(1).add("GET", "ключ").begin(3).arg("X").arg(-12).arg(new byte[] {1, 2, 3}, 1, 1);
        assertEquals(2, commands.count());
        assertEquals(
                "*2\r\n$3\r\nGET\r\n$8\r\nключ\r\n*3\r\n$1\r\nX\r\n$3\r\n-12\r\n$1\r\n\u0002\r\n",
                new String(commands.array(), 0, commands.size(), UTF_8));
    }

    @Test
    void numbersOfEachLengthAreWhole() {
        LongStream tens = LongStream.iterate(1, number -> number * 10).limit(19);
        for (long number :
                tens.flatMap(ten -> LongStream.of(ten - 1, ten, -ten)).toArray()) {
            assertWritten(number);
        }
        assertWritten(Long.MAX_VALUE);
        assertWritten(Long.MIN_VALUE + 1);
        assertWritten(Long.MIN_VALUE);
    }

    private static void assertWritten(long number) {
        Commands commands = new Commands(1).begin(1).arg(number);
        String text = Long.toString(number);
        assertEquals(
                "*1\r\n$" + text.length() + "\r\n" + text + "\r\n",
                new String(commands.array(), 0, commands.size(), UTF_8));
    }

    /** A command has the form of a reply, so the reader must find what was put in. */
    @Property
    void anyArgumentsArriveWhole(@ForAll @NotEmpty List<String> texts, @ForAll List<Long> numbers)
            throws ReplyException {
        Commands commands = new Commands().begin(texts.size() + numbers.size());
        texts.forEach(commands::arg);
        numbers.forEach(number -> commands.arg(number));
        ReplyReader reader = new ReplyReader(1, 16, 1);
        assertTrue(reader.read(Unpooled.wrappedBuffer(commands.array(), 0, commands.size())));
        Replies.Cursor cursor = reader.replies(new Endpoint("server", 1)).cursor();
        cursor.next();
        assertEquals(texts.size() + numbers.size(), cursor.arrayLength());
        for (String text : texts) {
            cursor.next();
            assertEquals(new String(text.getBytes(UTF_8), UTF_8), cursor.text());
        }
        for (long number : numbers) {
            cursor.next();
            assertEquals(number, cursor.longValue());
        }
    }
}
