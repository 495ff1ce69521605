package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a SCAN of one server may still repeat: of all keys that it gave, those near its present position.
 *
 * <p>SCAN walks the buckets of the server's hash table in the order of their numbers' reversed bits. So a cursor with its bits
 * reversed is a position in an order of hashes that holds for tables of every size, and it only grows. A step gives all keys
 * of the bucket that holds the position. A larger table has that bucket in pieces, each behind the last; in a smaller one it
 * begins further back, and just the keys between its beginning and the position come again. So keys are forgotten that lie before
 * a block of {@code 2^MARGIN} buckets: the table may become that many times smaller from one page to the next.
 *
 * <p>How large buckets are is known from a probe, {@code SCAN 0 COUNT 1}, that the server runs right after the page: its cursor is
 * behind the first bucket that isn't empty, the eleventh at most. Should a page begin in a bucket that reaches back into what is
 * forgotten, as after FLUSHALL in the middle of a scan of millions, the query fails rather than give a row twice. A server
 * whose cursors don't grow, or don't fit the size of its buckets, has another order: then nothing is forgotten.
 */
final class ScanWindow {
    /** Keys that are remembered in any case: few enough to stay in a processor's cache. */
    private static final int LIMIT = 1 << 13;

    private static final int MARGIN = 12;

    /** The probe ends behind one of the first eleven buckets, whose numbers have three zero bits at the end at most. */
    private static final int PROBE_BITS = 3;

    private final Endpoint server;
    private final int limit;
    private final int margin;
    private SeenKeys seen;
    /** The set before the one at hand, for the page that lies in both blocks. */
    private @Nullable SeenKeys leaving;
    /** Keys from here on are remembered; an unsigned position, as all are. */
    private long start;

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

    /** True if the next page is to be followed by a probe. */
    boolean wantsProbe() {
        return ordered && (start != 0 || seen.size() >= limit);
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
        leaving = null;
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
        if (start != 0 && Long.compareUnsigned(floor(before, level), start) < 0) {
            throw lost();
        }
        if (last || probe == null || seen.size() < limit) {
            return;
        }
        if (start == 0 && level(after) > level + PROBE_BITS) {
            keepAll();
            return;
        }
        long block = floor(after, level - margin);
        // All keys from the block's beginning on are in this page, if it begins in this page.
        if (block != 0 && Long.compareUnsigned(block, before) >= 0) {
            leaving = seen;
            seen = seen.emptied();
            start = block;
        }
    }

    /** True the first time that {@code key} comes. */
    boolean add(byte[] key) {
        return (leaving == null || !leaving.contains(key)) && seen.add(key);
    }

    /** How many keys are remembered now. */
    int size() {
        return seen.size();
    }

    private void keepAll() {
        if (start != 0) {
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
