package io.rediscalcite.adapter.type;

import java.util.Optional;

/**
 * Reads and writes the values of one column: from the bytes of a reply to Calcite's internal form, and back.
 *
 * <p>A codec is immutable and serves any number of threads. {@link Codecs} says which text forms each type takes.
 */
public interface Codec {
    /**
     * The value of {@code length} bytes from {@code offset}, an instance of {@link SqlTypes#storageClass}.
     *
     * @throws BadValueException if the column's type can't hold it
     */
    Object decode(byte[] buffer, int offset, int length);

    /**
     * The value of a text that came out of {@link Text#decode(byte[])}, such as a part of a key.
     *
     * @throws BadValueException if the column's type can't hold it
     */
    default Object decode(String text) {
        byte[] bytes = Text.encode(text);
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The canonical text of a value in Calcite's internal form: of all texts that are read as this value, the one that this
     * side writes.
     *
     * @throws BadValueException if the column can't hold the value without changing it
     */
    byte[] encode(Object value);

    /**
     * As {@link #encode}, for a literal or a parameter to compare with: a number may be of any class. Empty if no value of
     * the column can equal it.
     *
     * @throws IllegalArgumentException if the value is of another kind than the column: a number for a VARCHAR
     */
    Optional<byte[]> encodeOperand(Object value);
}
