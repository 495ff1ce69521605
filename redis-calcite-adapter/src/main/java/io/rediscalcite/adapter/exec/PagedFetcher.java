package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.query.FetchPlan;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys of many rows, a page at a time, so that a collection of any size takes the memory of one page.
 *
 * <p>Pages begin small and grow while their bytes stay few. A collection that takes several pages remembers its members where a
 * page may bring some again.
 */
abstract class PagedFetcher extends KeyFetcher {
    private static final int FIRST_PAGE = 100;
    private static final int LARGEST_PAGE = 10_000;
    private static final int PAGE_GROWTH = 4;
    private static final long MAX_PAGE_BYTES = 4 << 20;

    /**
     * Where the reading of a key stands.
     *
     * @param row what all rows of the key have in common
     * @param from where the next page begins, in the command's own terms
     * @param size rows that the next page may have
     * @param seen members given so far; null where no member can come twice
     */
    record Page(@Nullable Object[] row, String from, int size, @Nullable SeenKeys seen) {
        /** The page after this one, which brought {@code rows} rows in {@code bytes} bytes. */
        Page next(String nextFrom, int rows, long bytes) {
            long bytesPerRow = Math.max(1, bytes / Math.max(1, rows));
            long grown = Math.min(LARGEST_PAGE, (long) size * PAGE_GROWTH);
            return new Page(row, nextFrom, (int) Math.max(1, Math.min(grown, MAX_PAGE_BYTES / bytesPerRow)), seen);
        }
    }

    private final String firstPage;
    private final boolean repeats;
    /** Sizes of the pages that are asked for and not read, in order. */
    private final Queue<Integer> asked = new ArrayDeque<>();

    /** @param repeats whether a later page may bring a member of an earlier one */
    PagedFetcher(RowMaker rows, FetchPlan plan, String firstPage, boolean repeats) {
        super(rows, plan);
        this.firstPage = firstPage;
        this.repeats = repeats;
    }

    /** Writes the one command of a page. */
    abstract void writePage(Commands commands, TableKey key, String from, int size);

    /**
     * Reads a page's reply, which is no error; the cursor is at it.
     *
     * @param size rows that the page was asked for
     * @return where the next page begins; null after the last
     */
    abstract @Nullable String readPage(TableKey key, Page page, int size, Replies.Cursor reply, PageRows sink);

    /** The command's name, for errors. */
    abstract String command();

    /** Writes what must be asked once, before the first page. */
    void writeOnce(Commands commands, TableKey key) {}

    /** Reads what {@link #writeOnce} asked for into the common row; false if the key isn't there. */
    boolean readOnce(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        return true;
    }

    /** Takes the rows of a page. */
    static final class PageRows {
        private final Page page;
        private final RowSink sink;
        private int count;
        private long bytes;

        PageRows(Page page, RowSink sink) {
            this.page = page;
            this.sink = sink;
        }

        /** A copy of the common row, to be filled. */
        @Nullable
        Object[] row() {
            count++;
            return page.row().clone();
        }

        void add(@Nullable Object[] row, long rowBytes) {
            bytes += rowBytes;
            sink.row(row);
        }

        /** True if the member that the cursor is at comes for the first time. */
        boolean isNew(Replies.Cursor member) {
            SeenKeys seen = page.seen();
            return seen == null || seen.add(member.bytes());
        }
    }

    @Override
    final void write(Commands commands, Step step, long wanted) {
        int largest = FIRST_PAGE;
        String from = firstPage;
        if (step.state() instanceof Page page) {
            largest = page.size();
            from = page.from();
        } else {
            writeOnce(commands, step.key());
            writeProperties(commands, step.key());
        }
        int size = (int) Math.min(largest, Math.max(1, wanted));
        asked.add(size);
        writePage(commands, step.key(), from, size);
    }

    @Override
    final void read(Step step, Replies.Cursor replies, RowSink sink) {
        Page page;
        int size = asked.remove();
        boolean there = true;
        if (step.state() instanceof Page next) {
            page = next;
        } else {
            @Nullable Object[] row = rows.start(step.key());
            there = readOnce(step.key(), row, replies);
            there &= readProperties(row, replies);
            page = new Page(row, firstPage, FIRST_PAGE, repeats ? new SeenKeys() : null);
        }
        replies.next();
        if (saysNoSuchKey(replies, command())) {
            return;
        }
        if (!there) {
            replies.skip();
            return;
        }
        PageRows pageRows = new PageRows(page, sink);
        String from = readPage(step.key(), page, size, replies, pageRows);
        if (from != null) {
            sink.again(new Step(step.key(), page.next(from, pageRows.count, pageRows.bytes)));
        }
    }
}
