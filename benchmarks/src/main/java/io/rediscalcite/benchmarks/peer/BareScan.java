package io.rediscalcite.benchmarks.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The floor of a full scan: SCAN, and for each page of keys a pipeline of HMGET, with the SCAN of the next page sent before the
 * replies of this one are read. It knows nothing of keys that SCAN repeats, of types, of errors.
 */
public final class BareScan {
    private static final int COUNT = 1000;
    private static final byte[] HMGET = "HMGET".getBytes(UTF_8);

    /** Takes rows as they come. */
    public interface RowSink {
        /** The values of a row: {@code lengths[i]} bytes of {@code buffer} from {@code starts[i]}; length -1 for none. */
        void row(byte[] buffer, int[] starts, int[] lengths);
    }

    private final BareClient client;
    private final byte[] prefix;
    private final byte[][] fields;

    /**
     * Of the hashes whose keys begin with {@code prefix}.
     *
     * @param fields none to read no more than the keys
     */
    public BareScan(BareClient client, String prefix, List<String> fields) {
        this.client = client;
        this.prefix = prefix.getBytes(UTF_8);
        this.fields = fields.stream().map(field -> field.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /** Reads all rows, and tells how many keys there are. */
    public long run(RowSink sink) throws IOException {
        long rows = 0;
        String cursor = "0";
        client.send(new Request().add("SCAN", cursor, "COUNT", COUNT));
        byte[][] keys = new byte[2 * COUNT][];
        int[] starts = new int[fields.length];
        int[] lengths = new int[fields.length];
        int reads = 0;
        do {
            Page page = readPage(keys, reads, sink, starts, lengths);
            keys = page.keys();
            cursor = page.cursor();
            reads = fields.length == 0 ? 0 : page.size();
            rows += page.size();
            Request next = new Request();
            if (!cursor.equals("0")) {
                next.add("SCAN", cursor, "COUNT", COUNT);
            }
            for (int i = 0; i < reads; i++) {
                next.begin(2 + fields.length).arg(HMGET).arg(keys[i]);
                for (byte[] field : fields) {
                    next.arg(field);
                }
            }
            client.send(next);
        } while (!cursor.equals("0"));
        readRows(reads, sink, starts, lengths);
        return rows;
    }

    private record Page(String cursor, byte[][] keys, int size) {}

    /** A page of SCAN, and behind it the rows that were asked for with it. */
    private Page readPage(byte[][] keys, int reads, RowSink sink, int[] starts, int[] lengths) throws IOException {
        client.mark();
        client.array();
        int from = client.bulk();
        String cursor = new String(client.buffer(), client.start() + from, client.length(), UTF_8);
        byte[][] found = keys;
        int size = 0;
        for (int left = client.array(); left > 0; left--) {
            client.mark();
            int key = client.bulk();
            int start = client.start() + key;
            int end = start + client.length();
            if (beginsWithPrefix(client.buffer(), start, end)) {
                if (size == found.length) {
                    found = Arrays.copyOf(found, 2 * size);
                }
                found[size++] = Arrays.copyOfRange(client.buffer(), start, end);
            }
        }
        readRows(reads, sink, starts, lengths);
        return new Page(cursor, found, size);
    }

    private boolean beginsWithPrefix(byte[] buffer, int start, int end) {
        return end - start >= prefix.length
                && Arrays.equals(buffer, start, start + prefix.length, prefix, 0, prefix.length);
    }

    private void readRows(int rows, RowSink sink, int[] starts, int[] lengths) throws IOException {
        for (int row = 0; row < rows; row++) {
            client.mark();
            client.array();
            for (int i = 0; i < starts.length; i++) {
                starts[i] = client.bulk();
                lengths[i] = client.length();
            }
            for (int i = 0; i < starts.length; i++) {
                starts[i] += client.start();
            }
            sink.row(client.buffer(), starts, lengths);
        }
    }
}
