package io.rediscalcite.shell.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rediscalcite.adapter.type.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Text of a file in UTF-8, without the byte order mark that it may begin with. A byte that is no part of a character is read
 * as such a byte is in Redis.
 */
final class ByteText extends Reader {
    static final char QUOTE = '"';

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final InputStream in;
    private final CharsetDecoder decoder = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
    private final CharBuffer text = CharBuffer.allocate(1 << 16).flip();
    private long count;
    private long quotes;
    private boolean begun;
    private boolean atEnd;

    ByteText(InputStream in) {
        this.in = in;
    }

    /** How many bytes are read from the file. */
    long count() {
        return count;
    }

    /** How many quotes were read. */
    long quotes() {
        return quotes;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        while (!text.hasRemaining()) {
            if (atEnd && !bytes.hasRemaining()) {
                return -1;
            }
            fill();
        }
        int given = Math.min(length, text.remaining());
        text.get(target, offset, given);
        for (int i = offset; i < offset + given; i++) {
            quotes += target[i] == QUOTE ? 1 : 0;
        }
        return given;
    }

    private void fill() throws IOException {
        if (!atEnd) {
            bytes.compact();
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            if (read < 0) {
                atEnd = true;
            } else {
                count += read;
                bytes.position(bytes.position() + read);
            }
            bytes.flip();
        }
        text.clear();
        CoderResult result = decoder.decode(bytes, text, atEnd);
        if (result.isMalformed() || result.isUnmappable()) {
            for (int left = result.length(); left > 0; left--) {
                text.put(Text.escaped(bytes.get()));
            }
            decoder.reset();
        }
        text.flip();
        if (!begun && text.hasRemaining()) {
            begun = true;
            if (text.get(0) == BYTE_ORDER_MARK) {
                text.get();
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
