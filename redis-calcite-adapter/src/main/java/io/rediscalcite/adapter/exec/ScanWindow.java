package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a SCAN of one server may still repeat: of all keys that it gave, those near its present position.
 *
 * <p>SCAN walks the buckets of the server's hash table in the order of their numbers' reversed bits. So a cursor with its bits
 * reversed is a position in an order of hashes that holds for tables of every size, and it only grows. A page gives all keys
 * of the bucket that holds the position where it begins. A larger table has that bucket in pieces, each behind the last; in a smaller one it
 * begins further back, and just the keys between its beginning and the position come again. So keys are forgotten that lie before
 * a block of {@code 2^MARGIN} buckets: the table may become that many times smaller from one page to the next.
 *
 * <p>How large buckets are is known from the cursor that a page came with, which is where one begins, and from probes, such as {@code SCAN 0 COUNT 1},
 * that the server runs right after the page: their cursors are behind the first bucket that isn't empty, the eleventh at most, and behind
 * an odd number of them a cursor tells the size for sure. A page
 * that begins where a bucket does repeats nothing, and one page has no key twice; so most keys of a large scan are kept, and
 * none is looked up. Should a page begin in a bucket that reaches back into what is
 * forgotten, as after FLUSHALL in the middle of a scan of millions, the query fails rather than give a row twice. A server
 * whose cursors don't grow, or don't fit the size of its buckets, has another order: then nothing is forgotten.
 */
final class ScanWindow {
    /** Keys that are remembered in any case: few enough to stay in a processor's cache. */
    private static final int LIMIT = 1 << 13;

    private static final int MARGIN = 12;

    /**
     * The cursors that probes begin with: of tables of some size, where the first, the third and the second quarter do. One probe in
     * three ends behind an even number of buckets, and tells too small a size; then keys of a page or two are looked up in vain.
     */
    static final List<String> PROBES = List.of("0", "1", "2");

    /** A probe ends behind one of eleven buckets, whose numbers in the quarter have three zero bits at the end at most. */
    private static final int PROBE_BITS = 3;

    /**
     * A page, whose keys lie from one position on and before another.
     *
     * @param keys reads their names anew, which few pages come to
     */
    private record Page(long from, long to, Supplier<List<byte[]>> keys) {}

    private final Endpoint server;
    private final int limit;
    private final int margin;
    /** All keys, until the first are forgotten. */
    private final SeenKeys seen;
    /** The last pages, once keys before them are forgotten. */
    private final Deque<Page> pages = new ArrayDeque<>();
    /** What the page at hand may repeat; null for nothing, or for whatever has been seen. */
    private @Nullable SeenKeys suspects;

    private boolean ordered;

    /** For a server that is scanned alone. */
    ScanWindow(Endpoint server) {
        this(server, LIMIT, MARGIN);
    }

    /**
     * @param limit keys that are remembered in any case
     * @param margin how many times the server's table may be halved between two pages
     */
    ScanWindow(Endpoint server, int limit, int margin) {
        this.server = server;
        this.limit = limit;
        this.margin = margin;
        this.seen = new SeenKeys();
        this.ordered = true;
    }

    private ScanWindow(Endpoint server, SeenKeys shared) {
        this.server = server;
        this.limit = 0;
        this.margin = 0;
        this.seen = shared;
        this.ordered = false;
    }

    /** Forgets nothing: for nodes of a cluster, between which keys may move; {@code shared} has the keys of all. */
    static ScanWindow keepingAll(Endpoint server, SeenKeys shared) {
        return new ScanWindow(server, shared);
    }

    /** True if pages may come to need probes behind them. */
    boolean mayForget() {
        return ordered;
    }

    /** True if the next page is to be followed by probes. */
    boolean wantsProbes() {
        return ordered && (isForgetting() || seen.size() >= limit);
    }

    private boolean isForgetting() {
        return !pages.isEmpty();
    }

    /**
     * Moves on to a page, before its keys are added.
     *
     * @param from the cursor that it was asked with
     * @param to the cursor that it came with
     * @param probes the cursors that {@link #PROBES} came with; none if there were none
     * @param keys reads all names of the page, should a later one repeat some
     * @throws RedisSqlException SERVER_ERROR if keys that were forgotten may come again
     */
    void page(String from, String to, List<String> probes, Supplier<List<byte[]>> keys) {
        suspects = null;
        if (!ordered) {
            return;
        }
        boolean last = to.equals("0");
        long before;
        long after;
        int level;
        try {
            before = position(from);
            after = position(to);
            level = probes.stream()
                    .mapToInt(probe -> level(position(probe)))
                    .max()
                    .orElse(0);
        } catch (NumberFormatException noNumber) {
            keepAll();
            return;
        }
        if (!last && Long.compareUnsigned(after, before) <= 0) {
            keepAll();
            return;
        }
        // All keys from here on must be known when the next page comes.
        long block = floor(after, level - margin);
        if (isForgetting()) {
            suspects = between(floor(before, Math.max(level, level(after))), before);
            while (!last
                    && !pages.isEmpty()
                    && Long.compareUnsigned(pages.getFirst().to(), block) <= 0) {
                pages.removeFirst();
            }
            pages.addLast(new Page(before, after, keys));
            return;
        }
        if (last || probes.isEmpty() || seen.size() < limit) {
            return;
        }
        if (level(after) > level + PROBE_BITS) {
            keepAll();
            return;
        }
        if (block != 0 && Long.compareUnsigned(block, before) >= 0) {
            suspects = seen;
            pages.addLast(new Page(before, after, keys));
        }
    }

    /** The keys of the pages between two positions; null for none. */
    private @Nullable SeenKeys between(long from, long to) {
        if (from == to) {
            return null;
        }
        if (Long.compareUnsigned(from, pages.getFirst().from()) < 0) {
            throw lost();
        }
        SeenKeys keys = new SeenKeys();
        for (Page page : pages) {
            if (Long.compareUnsigned(page.to(), from) > 0) {
                page.keys().get().forEach(keys::add);
            }
        }
        return keys;
    }

    /** True the first time that the key comes whose name is {@code length} bytes of {@code buffer}. */
    boolean add(byte[] buffer, int offset, int length) {
        if (suspects != null && suspects.contains(buffer, offset, length)) {
            return false;
        }
        return isForgetting() || seen.add(buffer, offset, length);
    }

    /** How many keys are remembered now. */
    int size() {
        return isForgetting()
                ? pages.stream().mapToInt(page -> page.keys().get().size()).sum()
                : seen.size();
    }

    private void keepAll() {
        if (isForgetting()) {
            throw lost();
        }
        ordered = false;
    }

    private RedisSqlException lost() {
        return new RedisSqlException(
                SqlState.SERVER_ERROR,
                "SCAN of " + server
                        + " went back so far that it may repeat keys: most of its keys were deleted in the meantime,"
                        + " as by FLUSHDB. Run the statement again.");
    }

    private static long position(String cursor) {
        return Long.reverse(Long.parseUnsignedLong(cursor));
    }

    /** How many bits number the buckets of a table where one begins at {@code position}, at least. */
    private static int level(long position) {
        return position == 0 ? 0 : Long.SIZE - Long.numberOfTrailingZeros(position);
    }

    /** Where the bucket begins that holds {@code position} in a table of {@code 2^level} buckets. */
    private static long floor(long position, int level) {
        return level <= 0 ? 0 : level >= Long.SIZE ? position : position & (-1L << (Long.SIZE - level));
    }
}
