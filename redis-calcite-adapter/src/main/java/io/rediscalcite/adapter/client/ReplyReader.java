package io.rediscalcite.adapter.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts the bytes of one send's replies into values, however the network splits them. The bytes are kept as they came;
 * a header that isn't complete is read again from its start when more has arrived, and a bulk payload is jumped over.
 * No memory is set aside for what is announced, only for what is there.
 */
final class ReplyReader {
    private static final int LONGEST = Integer.MAX_VALUE - 16;

    private final int count;
    private byte[] data;
    private int written;
    /** Where the next header starts; behind {@link #written} while a payload is arriving. */
    private int position;

    private byte[] types;
    private int[] starts;
    private int[] lengths;
    private int tokens;

    private int repliesLeft;
    /** Values that the reply under way still lacks. */
    private long open;
    /** Values of an attribute or a push message still to be passed over. */
    private long skipping;

    private boolean discarding;
    private long number;

    /** For the replies of that many commands; the other two are guesses. */
    ReplyReader(int count, int bytes, int tokens) {
        this.count = count;
        this.repliesLeft = count;
        this.data = new byte[bytes];
        this.types = new byte[tokens];
        this.starts = new int[tokens];
        this.lengths = new int[tokens];
    }

    /** Takes what belongs to these replies, leaves the rest, and tells whether they are complete. */
    boolean read(ByteBuf in) throws ReplyException {
        int arrived = in.readableBytes();
        reserve(arrived);
        in.readBytes(data, written, arrived);
        written += arrived;
        parse();
        boolean complete = repliesLeft == 0 && position <= written;
        if (complete) {
            in.readerIndex(in.readerIndex() - (written - position));
            written = position;
        }
        if (discarding) {
            forget();
        }
        return complete;
    }

    /** From now on only finds the end, and keeps nothing. */
    void discard() {
        discarding = true;
        forget();
        data = Arrays.copyOf(data, written);
        types = new byte[0];
        starts = new int[0];
        lengths = new int[0];
    }

    int bytes() {
        return written;
    }

    int tokens() {
        return tokens;
    }

    Replies replies(Endpoint from) {
        return new Replies(from, data, types, starts, lengths, tokens, count);
    }

    private void forget() {
        int done = Math.min(position, written);
        System.arraycopy(data, done, data, 0, written - done);
        written -= done;
        position -= done;
        tokens = 0;
    }

    private void parse() throws ReplyException {
        boolean whole = true;
        while (whole && repliesLeft > 0 && position < written) {
            byte type = data[position];
            whole = switch (type) {
                case ':', '+', '-', ',', '#', '(', '_' -> line((char) type, position + 1);
                case '$', '*', '%', '~', '=', '!', '|', '>' -> sized((char) type, position + 1);
                default -> throw new ReplyException("it isn't RESP: a value starts with byte " + (type & 0xff));
            };
        }
    }

    /** A value whose line tells how long it is. */
    private boolean sized(char type, int start) throws ReplyException {
        int at = number(start);
        if (at < 0) {
            return false;
        }
        switch (type) {
            case '$' -> bulk('$', at, 0);
            case '*', '~' -> aggregate(type, at, 1);
            case '%' -> aggregate('%', at, 2);
            case '=' -> bulk('$', at, 4);
            case '!' -> bulk('-', at, 0);
            case '|' -> pass(2 * number, at);
            default -> pass(number, at);
        }
        return true;
    }

    /** A value that ends with its line. */
    private boolean line(char type, int start) {
        for (int i = start; i + 1 < written; i++) {
            if (data[i] == '\r' && data[i + 1] == '\n') {
                value(type, start, i - start, 0);
                position = i + 2;
                return true;
            }
        }
        return false;
    }

    private void bulk(char type, int start, int prefix) throws ReplyException {
        if (number < 0) {
            value('_', start, 0, 0);
            position = start;
            return;
        }
        if (number < prefix || number > LONGEST - start) {
            throw new ReplyException("a value of " + number + " bytes doesn't fit into one batch of replies");
        }
        value(type, start + prefix, (int) number - prefix, 0);
        position = start + (int) number + 2;
    }

    private void aggregate(char type, int start, int width) throws ReplyException {
        if (number < 0) {
            value('_', start, 0, 0);
        } else if (number > LONGEST / width) {
            throw new ReplyException("a value of " + number + " elements doesn't fit into one batch of replies");
        } else {
            value(type, start, (int) number * width, number * width);
        }
        position = start;
    }

    /** Attributes and push messages are no values of a reply. */
    private void pass(long children, int start) {
        skipping += Math.max(0, children);
        position = start;
    }

    private void value(char type, int start, int length, long children) {
        if (skipping > 0) {
            skipping += children - 1;
            return;
        }
        if (!discarding) {
            if (tokens == types.length) {
                int size = Math.max(16, tokens * 2);
                types = Arrays.copyOf(types, size);
                starts = Arrays.copyOf(starts, size);
                lengths = Arrays.copyOf(lengths, size);
            }
            types[tokens] = (byte) type;
            starts[tokens] = start;
            lengths[tokens++] = length;
        }
        open = (open == 0 ? 1 : open) + children - 1;
        if (open == 0) {
            repliesLeft--;
        }
    }

    /** Reads a header's number and returns where its line ends, or -1 if that hasn't arrived. */
    private int number(int from) throws ReplyException {
        int at = from;
        boolean negative = at < written && data[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        while (at < written && data[at] != '\r') {
            int digit = data[at++] - '0';
            if (digit < 0 || digit > 9 || value > LONGEST) {
                throw new ReplyException("it isn't RESP: a length that is no number");
            }
            value = value * 10 + digit;
        }
        number = negative ? -1 : value;
        return at + 2 > written ? -1 : at + 2;
    }

    private void reserve(int more) throws ReplyException {
        if (data.length - written < more) {
            long needed = (long) written + more;
            if (needed > LONGEST) {
                throw new ReplyException("one batch of replies is larger than 2 GB");
            }
            data = Arrays.copyOf(data, (int) Math.min(LONGEST, Math.max(needed, data.length * 2L)));
        }
    }
}
