package io.rediscalcite.adapter.type;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads ISO 8601 dates and times from ASCII text, character by character.
 *
 * <p>Not thread-safe, and made for one text; the JIT keeps it off the heap. Each method that reads moves on behind what it
 * read, or throws the codec's {@link BadValueException}.
 */
final class IsoText {
    static final int MILLIS_PER_SECOND = 1_000;
    static final int MILLIS_PER_MINUTE = 60 * MILLIS_PER_SECOND;
    static final int MILLIS_PER_HOUR = 60 * MILLIS_PER_MINUTE;
    static final long MILLIS_PER_DAY = 24L * MILLIS_PER_HOUR;

    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int MILLI_DIGITS = 3;
    private static final int MAX_OFFSET_HOURS = 18;

    private final byte[] buffer;
    private final int end;
    private final String typeName;
    private int at;

    IsoText(byte[] buffer, int offset, int length, String typeName) {
        this.buffer = buffer;
        this.at = Blanks.start(buffer, offset, offset + length);
        this.end = Blanks.end(buffer, at, offset + length);
        this.typeName = typeName;
    }

    boolean atEnd() {
        return at == end;
    }

    void expectEnd() {
        if (!atEnd()) {
            throw malformed();
        }
    }

    /** {@code uuuu-MM-dd} as days since 1970-01-01; years 0001 to 9999. */
    int date() {
        int year = digits(4);
        expect('-');
        int month = digits(2);
        expect('-');
        int day = digits(2);
        if (year == 0) {
            throw malformed();
        }
        try {
            return (int) LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException noSuchDay) {
            throw malformed();
        }
    }

    /** The {@code T} or the blank between date and time. */
    void dateTimeSeparator() {
        if (!skip('T') && !skip(' ')) {
            throw malformed();
        }
    }

    /** {@code HH:mm[:ss[.fraction]]} as milliseconds since midnight. */
    int time() {
        int hour = digits(2);
        expect(':');
        int minute = digits(2);
        int second = 0;
        int millis = 0;
        if (skip(':')) {
            second = digits(2);
            if (skip('.')) {
                millis = fraction();
            }
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw malformed();
        }
        return hour * MILLIS_PER_HOUR + minute * MILLIS_PER_MINUTE + second * MILLIS_PER_SECOND + millis;
    }

    private int fraction() {
        int millis = 0;
        int count = 0;
        boolean finer = false;
        for (; at < end && isDigit(buffer[at]); at++, count++) {
            int digit = buffer[at] - '0';
            millis = count < MILLI_DIGITS ? millis * 10 + digit : millis;
            finer |= count >= MILLI_DIGITS && digit != 0;
        }
        if (count == 0 || count > MAX_FRACTION_DIGITS) {
            throw malformed();
        }
        if (finer) {
            throw finerThanMillis(typeName);
        }
        for (int i = count; i < MILLI_DIGITS; i++) {
            millis *= 10;
        }
        return millis;
    }

    /** {@code Z}, {@code +HH}, {@code +HHmm} or {@code +HH:mm} as milliseconds east of UTC. */
    int offset() {
        if (skip('Z')) {
            return 0;
        }
        boolean west = skip('-');
        if (!west) {
            expect('+');
        }
        int hours = digits(2);
        int minutes = 0;
        if (!atEnd()) {
            skip(':');
            minutes = digits(2);
        }
        int offset = hours * MILLIS_PER_HOUR + minutes * MILLIS_PER_MINUTE;
        if (minutes > 59 || offset > MAX_OFFSET_HOURS * MILLIS_PER_HOUR) {
            throw malformed();
        }
        return west ? -offset : offset;
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            if (at >= end || !isDigit(buffer[at])) {
                throw malformed();
            }
            value = value * 10 + buffer[at] - '0';
        }
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private boolean skip(char c) {
        boolean found = at < end && buffer[at] == c;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw malformed();
        }
    }

    private BadValueException malformed() {
        return new BadValueException("isn't a " + typeName);
    }

    static BadValueException finerThanMillis(String typeName) {
        return new BadValueException("is finer than the milliseconds of a " + typeName);
    }

    /** {@code uuuu-MM-dd}. */
    static void appendDate(StringBuilder text, int epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        appendPadded(text, date.getYear(), 4);
        appendPadded(text.append('-'), date.getMonthValue(), 2);
        appendPadded(text.append('-'), date.getDayOfMonth(), 2);
    }

    /** {@code HH:mm:ss}, and the fraction where there is one, without trailing zeros. */
    static void appendTime(StringBuilder text, int millis) {
        appendPadded(text, millis / MILLIS_PER_HOUR, 2);
        appendPadded(text.append(':'), millis / MILLIS_PER_MINUTE % 60, 2);
        appendPadded(text.append(':'), millis / MILLIS_PER_SECOND % 60, 2);
        int fraction = millis % MILLIS_PER_SECOND;
        if (fraction != 0) {
            appendPadded(text.append('.'), fraction, MILLI_DIGITS);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
    }

    private static void appendPadded(StringBuilder text, int value, int width) {
        String digits = Integer.toString(value);
        text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
