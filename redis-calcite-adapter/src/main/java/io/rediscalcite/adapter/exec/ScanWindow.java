package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
 * <p>How large buckets are is known from the cursor that a page came with, which is where one begins, and from a probe, {@code SCAN 0 COUNT 1},
 * that the server runs right after the page: its cursor is behind the first bucket that isn't empty, the eleventh at most. A page
 * that begins where a bucket does repeats nothing, and one page has no key twice; so most keys of a large scan are kept, and
 * none is looked up. Should a page begin in a bucket that reaches back into what is
 * forgotten, as after FLUSHALL in the middle of a scan of millions, the query fails rather than give a row twice. A server
 * whose cursors don't grow, or don't fit the size of its buckets, has another order: then nothing is forgotten.
 */
final class ScanWindow {
    /** Keys that are remembered in any case: few enough to stay in a processor's cache. */
    private static final int LIMIT = 1 << 13;

    private static final int MARGIN = 12;

    /** The probe ends behind one of the first eleven buckets, whose numbers have three zero bits at the end at most. */
    private static final int PROBE_BITS = 3;

    /** The keys of one page, which lie from one position on and before another. */
    private record Page(long from, long to, List<byte[]> keys) {}

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

    /** True if pages may come to need a probe behind them. */
    boolean mayForget() {
        return ordered;
    }

    /** True if the next page is to be followed by a probe. */
    boolean wantsProbe() {
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
     * @param probe the probe's cursor; null if there was none
     * @throws RedisSqlException SERVER_ERROR if keys that were forgotten may come again
     */
    void page(String from, String to, @Nullable String probe) {
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
            level = probe == null ? 0 : level(position(probe));
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
            pages.addLast(new Page(before, after, new ArrayList<>()));
            return;
        }
        if (last || probe == null || seen.size() < limit) {
            return;
        }
        if (level(after) > level + PROBE_BITS) {
            keepAll();
            return;
        }
        if (block != 0 && Long.compareUnsigned(block, before) >= 0) {
            suspects = seen;
            pages.addLast(new Page(before, after, new ArrayList<>()));
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
                page.keys().forEach(keys::add);
            }
        }
        return keys;
    }

    /** True the first time that {@code key} comes. */
    boolean add(byte[] key) {
        if (suspects != null && suspects.contains(key)) {
            return false;
        }
        return isForgetting() ? pages.getLast().keys().add(key) : seen.add(key);
    }

    /** How many keys are remembered now. */
    int size() {
        return isForgetting()
                ? pages.stream().mapToInt(page -> page.keys().size()).sum()
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
