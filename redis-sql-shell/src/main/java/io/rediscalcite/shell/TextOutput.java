package io.rediscalcite.shell;

import io.rediscalcite.adapter.type.BadValueException;
import io.rediscalcite.adapter.type.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;

/** Writes text in UTF-8, and bytes of Redis that are no UTF-8 as the very bytes that they were. */
public final class TextOutput extends Writer {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final StringBuilder text = new StringBuilder(BUFFER);

    public TextOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        text.append(characters, offset, length);
        writeFull();
    }

    @Override
    public void write(String characters, int offset, int length) throws IOException {
        text.append(characters, offset, offset + length);
        writeFull();
    }

    private void writeFull() throws IOException {
        if (text.length() >= BUFFER) {
            write(false);
        }
    }

    /** The last character may be the first half of one, whose other half is still to come. */
    private void write(boolean all) throws IOException {
        int length = text.length();
        if (!all && length > 0 && Character.isHighSurrogate(text.charAt(length - 1))) {
            length--;
        }
        String whole = text.substring(0, length);
        text.delete(0, length);
        try {
            out.write(Text.encode(whole));
        } catch (BadValueException e) {
            throw new IOException("can't write the output: it " + e.reason(), e);
        } catch (IOException e) {
            throw new IOException("can't write the output: " + e.getMessage(), e);
        }
    }

    @Override
    public void flush() throws IOException {
        write(true);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            write(true);
        }
    }
}
