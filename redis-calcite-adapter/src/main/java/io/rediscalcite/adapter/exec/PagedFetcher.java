package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.query.FetchPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys of many rows, a page at a time, so that a collection of any size takes the memory of one page.
 *
 * <p>What is to be read of a key is a list of stretches, each in the terms of its command: all of it is one stretch, {@code
 * position IN (1, 1000)} are two. A step asks for the next page of several stretches at once, or of the first alone where their
 * order matters.
 *
 * <p>Pages begin small and grow while their bytes stay few. A collection that takes several pages remembers its members where a
 * page may bring some again.
 *
 * @param <S> a stretch of a key that is still to be read
 */
abstract class PagedFetcher<S> extends KeyFetcher {
    private static final int FIRST_PAGE = 100;
    private static final int LARGEST_PAGE = 10_000;
    private static final int PAGE_GROWTH = 4;
    private static final long MAX_PAGE_BYTES = 4 << 20;
    private static final int STRETCHES_AT_ONCE = 100;
    /** Of all keys of the first pipeline together: nobody knows yet how large they are. */
    private static final int FIRST_ROWS = 1000;

    /**
     * Where the reading of a key stands.
     *
     * @param row what all rows of the key have in common
     * @param stretches what is still to be read, in order
     * @param size rows that the next page may have
     * @param seen members given so far; null where no member can come twice
     * @param head the rows that are still wanted of the key
     */
    private record Page<S>(
            @Nullable Object[] row, List<S> stretches, int size, @Nullable SeenKeys seen, @Nullable KeyHead head) {
        /** The page after this one, which brought {@code rows} rows in {@code bytes} bytes. */
        Page<S> next(List<S> rest, int rows, long bytes) {
            long bytesPerRow = Math.max(1, bytes / Math.max(1, rows));
            long grown = Math.min(LARGEST_PAGE, (long) size * PAGE_GROWTH);
            return new Page<>(row, rest, (int) Math.max(1, Math.min(grown, MAX_PAGE_BYTES / bytesPerRow)), seen, head);
        }
    }

    /** What was asked of a key in a step: whether it was opened, and how many pages of how many rows. */
    private record Asked(boolean opening, int pages, int size) {}

    private final List<S> all;
    private final boolean repeats;
    private final boolean ordered;
    /** What is asked for and not read, in order. */
    private final Queue<Asked> asked = new ArrayDeque<>();

    private int firstPage = FIRST_PAGE;
    private long rowsRead;
    private long bytesRead;

    /**
     * @param all what is to be read of a key; where it takes a look at the key to know, {@link #opened} says it
     * @param repeats whether a later page may bring a member of an earlier one
     */
    PagedFetcher(RowMaker rows, FetchPlan plan, List<S> all, boolean repeats) {
        super(rows, plan);
        this.all = all;
        this.repeats = repeats;
        this.ordered = rows.query().order().isPresent();
    }

    /** Writes the one command of a page, behind what {@link #questions} counts. */
    abstract void writePage(Commands commands, TableKey key, S stretch, int size);

    /**
     * Reads a page's reply, which is no error; the cursor is at it.
     *
     * @param size rows that the page was asked for
     * @return what is left of the stretch; null for nothing
     */
    abstract @Nullable S readPage(TableKey key, S stretch, int size, Replies.Cursor reply, PageRows sink);

    /** The command's name, for errors. */
    abstract String command();

    /** Writes what must be asked once, before the first page. */
    void writeOnce(Commands commands, TableKey key) {}

    /** Reads what {@link #writeOnce} asked for into the common row; false if the key isn't there, or isn't wanted. */
    boolean readOnce(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        return true;
    }

    /** True if a key is opened first, and its pages are asked for when it has told whether it is wanted, and where they lie. */
    boolean opensFirst() {
        return openings() > 0;
    }

    /** How many commands {@link #writeOpening} writes. */
    int openings() {
        return 0;
    }

    void writeOpening(Commands commands, TableKey key) {}

    /** What one of the replies to {@link #writeOpening} says, which is no error; the cursor is at it. */
    @Nullable
    String readOpening(Replies.Cursor reply) {
        return null;
    }

    /** What is to be read of a key whose opening said {@code answers}. */
    Opened<S> opened(List<@Nullable String> answers) {
        return new Opened<>(all, true);
    }

    /**
     * What is to be read of a key.
     *
     * @param ordered whether the stretches come in the query's order, so that the first rows of them are the key's first
     */
    record Opened<S>(List<S> stretches, boolean ordered) {}

    /** How many commands {@link #writePage} writes in front of the page's own. */
    int questions(S stretch) {
        return 0;
    }

    /** The stretch, knowing the reply to one of its questions, which is no error; the cursor is at it. */
    S answered(S stretch, int question, Replies.Cursor reply) {
        return stretch;
    }

    final boolean isDescending() {
        return rows.isDescending();
    }

    /** Takes the rows of a page. */
    final class PageRows {
        private final Page<S> page;
        private final RowSink sink;
        private int count;
        private long bytes;

        private PageRows(Page<S> page, RowSink sink) {
            this.page = page;
            this.sink = sink;
        }

        /** A copy of the common row, to be filled, and then added. */
        @Nullable
        Object[] row() {
            return page.row().clone();
        }

        /** Counts what was read and isn't wanted. */
        void leaveOut(long rowBytes) {
            count++;
            bytes += rowBytes;
        }

        /** @param place the row's value of the column that the key is ordered by; any other where it isn't */
        void add(@Nullable Object[] row, long rowBytes, Object place) {
            leaveOut(rowBytes);
            if (page.head() == null || page.head().takes(place)) {
                sink.row(row);
            }
        }

        /** True if the member that the cursor is at comes for the first time. */
        boolean isNew(Replies.Cursor member) {
            SeenKeys seen = page.seen();
            return seen == null || seen.add(member.bytes());
        }

        /** True if no more rows of the key are wanted. */
        private boolean isFull() {
            return page.head() != null && page.head().isFull();
        }
    }

    @Override
    final int[] write(Commands commands, List<Step> steps, long wanted, boolean confirmed) {
        long rowsAtOnce = rowsRead == 0 ? FIRST_ROWS : MAX_PAGE_BYTES * rowsRead / Math.max(1, bytesRead);
        firstPage = (int) Math.max(1, Math.min(FIRST_PAGE, rowsAtOnce / Math.max(1, steps.size())));
        return super.write(commands, steps, wanted, confirmed);
    }

    /** A key may have no row that is wanted. */
    @Override
    final boolean tellsOfNoKey() {
        return false;
    }

    /** Cursors are the server's own, so where pages have some, the key is read again for the members that didn't come. */
    @Override
    @SuppressWarnings("unchecked") // A step's state is what this fetcher put there.
    final Step elsewhere(Step step) {
        asked.remove();
        Page<S> page = (Page<S>) step.state();
        return page == null || !repeats
                ? step
                : new Step(step.key(), new Page<>(page.row(), all, page.size(), page.seen(), page.head()));
    }

    @Override
    @SuppressWarnings("unchecked") // A step's state is what this fetcher put there.
    final void write(Commands commands, Step step, long wanted) {
        Page<S> page = (Page<S>) step.state();
        if (page == null) {
            writeOnce(commands, step.key());
            writeProperties(commands, step.key());
            if (opensFirst()) {
                writeOpening(commands, step.key());
                asked.add(new Asked(true, 0, 0));
                return;
            }
        }
        List<S> stretches = page == null ? all : page.stretches();
        KeyHead head = page == null ? rows.head() : page.head();
        long most = Math.min(page == null ? firstPage : page.size(), Math.max(1, wanted));
        int pages = Math.min(ordered ? 1 : STRETCHES_AT_ONCE, stretches.size());
        int size = (int) Math.max(1, (head == null ? most : Math.min(most, head.ask())) / Math.max(1, pages));
        for (S stretch : stretches.subList(0, pages)) {
            writePage(commands, step.key(), stretch, size);
        }
        asked.add(new Asked(false, pages, size));
    }

    @Override
    @SuppressWarnings("unchecked") // A step's state is what this fetcher put there.
    final void read(Step step, Replies.Cursor replies, RowSink sink) {
        Asked asking = asked.remove();
        Page<S> page = (Page<S>) step.state();
        boolean there = true;
        if (page == null) {
            @Nullable Object[] row = rows.start(step.key());
            there = readOnce(step.key(), row, replies);
            there &= readProperties(row, replies);
            page = new Page<>(row, all, FIRST_PAGE, repeats ? new SeenKeys() : null, rows.head());
        }
        if (asking.opening()) {
            open(step, page, there, replies, sink);
            return;
        }
        PageRows pageRows = new PageRows(page, sink);
        List<S> rest = new ArrayList<>();
        for (S next : page.stretches().subList(0, asking.pages())) {
            S stretch = next;
            for (int question = 0; question < questions(next); question++) {
                there &= isReply(replies);
                if (there) {
                    stretch = answered(stretch, question, replies);
                } else {
                    replies.skip();
                }
            }
            there &= isReply(replies);
            if (!there) {
                replies.skip();
                continue;
            }
            S left = readPage(step.key(), stretch, asking.size(), replies, pageRows);
            if (left != null) {
                rest.add(left);
            }
        }
        rowsRead += pageRows.count;
        bytesRead += pageRows.bytes;
        rest.addAll(page.stretches().subList(asking.pages(), page.stretches().size()));
        if (there && !rest.isEmpty() && !pageRows.isFull()) {
            sink.again(new Step(step.key(), page.next(rest, pageRows.count, pageRows.bytes)));
        }
    }

    private void open(Step step, Page<S> page, boolean isThere, Replies.Cursor replies, RowSink sink) {
        boolean there = isThere;
        List<@Nullable String> answers = new ArrayList<>();
        for (int i = 0; i < openings(); i++) {
            there &= isReply(replies);
            if (there) {
                answers.add(readOpening(replies));
            } else {
                replies.skip();
            }
        }
        Opened<S> opened = there ? opened(answers) : new Opened<>(List.of(), false);
        if (!opened.stretches().isEmpty()) {
            KeyHead head = opened.ordered() ? page.head() : null;
            sink.again(new Step(step.key(), new Page<>(page.row(), opened.stretches(), firstPage, page.seen(), head)));
        }
    }

    private boolean isReply(Replies.Cursor replies) {
        replies.next();
        return !saysNoSuchKey(replies, command());
    }
}
