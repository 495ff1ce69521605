package io.rediscalcite.adapter.type;

/**
 * A text that its column's type can't hold, or a value that has no text.
 *
 * <p>The message is the end of a sentence that begins with the text: {@code isn't a BIGINT}. The reader of the rows knows
 * table, key and column, and makes the sentence, or NULL, of it. There is no stack trace: a scan may meet millions of these.
 */
public final class BadValueException extends RuntimeException {
    public BadValueException(String reason) {
        super(reason, null, false, false);
    }

    /** What is wrong: {@code isn't a BIGINT}. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
