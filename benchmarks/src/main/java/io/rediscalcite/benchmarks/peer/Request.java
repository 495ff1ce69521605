package io.rediscalcite.benchmarks.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A pipeline of commands, as bytes. */
public final class Request {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private int commands;

    /** Adds a command of text and numbers. */
    public Request add(Object... words) {
        begin(words.length);
        for (Object word : words) {
            arg(word instanceof byte[] raw ? raw : word.toString().getBytes(UTF_8));
        }
        return this;
    }

    /** Opens a command of that many words. */
    public Request begin(int words) {
        header('*', words);
        commands++;
        return this;
    }

    public Request arg(byte[] word) {
        header('$', word.length);
        bytes.write(word, 0, word.length);
        crlf();
        return this;
    }

    /** How many commands, and so replies. */
    public int commands() {
        return commands;
    }

    public byte[] toByteArray() {
        return bytes.toByteArray();
    }

    /** Writes the bytes, and flushes. */
    public void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
        out.flush();
    }

    private void header(char type, int number) {
        bytes.write(type);
        byte[] digits = Integer.toString(number).getBytes(UTF_8);
        bytes.write(digits, 0, digits.length);
        crlf();
    }

    private void crlf() {
        bytes.write('\r');
        bytes.write('\n');
    }
}
