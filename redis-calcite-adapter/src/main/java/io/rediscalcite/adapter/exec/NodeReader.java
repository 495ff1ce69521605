package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.query.RedisQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query's rows from one node, a batch of keys at a time.
 *
 * <p>The next page of SCAN is asked for as soon as one has come, and several batches of keys are on their way at once, so
 * that the server works while rows are made of its replies, however long these travel. Nothing is sent but when rows are
 * asked for, or a few pages of names ahead of that: whoever reads slowly, or no more, makes the server wait or rest.
 */
final class NodeReader implements AutoCloseable {
    private static final int FIRST_BATCH = 100;
    private static final int BATCH_GROWTH = 4;

    /** Bytes of replies that a batch may have; large values make smaller batches. */
    private static final long MAX_BATCH_BYTES = 4 << 20;

    private final NodeLinks links;
    private final Reading reading;
    /** Null where the keys are known. */
    private final @Nullable ScanPages scan;

    private final boolean asking;
    private final int hops;
    private final NodeFetcher fetcher;
    private final RowMaker rowMaker;
    private final boolean nameOnly;
    private final boolean counting;
    private final RowBudget budget;
    private final ReadOptions options;

    private final Queue<TableKey> backlog = new ArrayDeque<>();
    private int batch;
    /** Keys whose reading isn't done. */
    private final Deque<Step> unfinished = new ArrayDeque<>();

    private final Queue<Flight> flights = new ArrayDeque<>();
    private boolean scanning;
    private int fetching;
    /** True once replies have told how large the values are. */
    private boolean measured;

    private int expectedBytes = 256;
    private List<Stray> strays = new ArrayList<>();

    /**
     * A pipeline under way: either a page of SCAN, or a step of some keys.
     *
     * @param page null for keys
     * @param ends how many commands each step and those before it have; none where steps share commands
     */
    private record Flight(PendingReplies replies, ScanPages.@Nullable Page page, List<Step> steps, int[] ends) {
        static Flight of(ScanPages.Page page) {
            return new Flight(page.replies(), page, List.of(), new int[0]);
        }
    }

    /**
     * Reads the keys that SCAN finds on the node, which is {@code master} or a replica of it.
     *
     * @param order walks some slots alone; null for all keys of the node
     * @param held slots of which its keys are the cluster's, and not left from when it had them; null for all
     */
    static NodeReader scanning(
            NodeLinks links,
            Reading reading,
            RedisNode master,
            ScanWindow window,
            @Nullable SlotOrder order,
            @Nullable BitSet held) {
        ScanPages scan = new ScanPages(links.first(), reading, window, order, held);
        return new NodeReader(links, reading, master, scan, false, 0);
    }

    /** Reads {@code keys}, which {@code master} owns; the node is that, or a replica of it. */
    static NodeReader named(NodeLinks links, Reading reading, RedisNode master, List<TableKey> keys) {
        NodeReader reader = new NodeReader(links, reading, master, null, false, 0);
        reader.backlog.addAll(keys);
        return reader;
    }

    /**
     * Goes on with keys that another node sent here.
     *
     * @param asking whether the slot isn't the node's own yet
     * @param hops how many nodes have sent the keys on
     */
    static NodeReader going(
            NodeLinks links, Reading reading, RedisNode master, List<Step> steps, boolean asking, int hops) {
        NodeReader reader = new NodeReader(links, reading, master, null, asking, hops);
        reader.unfinished.addAll(steps);
        return reader;
    }

    private NodeReader(
            NodeLinks links, Reading reading, RedisNode master, @Nullable ScanPages scan, boolean asking, int hops) {
        this.links = links;
        this.reading = reading;
        this.scan = scan;
        this.asking = asking;
        this.hops = hops;
        this.budget = reading.budget();
        this.options = reading.options();
        this.batch = Math.min(FIRST_BATCH, options.batchSize());
        RedisQuery query = reading.query();
        this.rowMaker = new RowMaker(query, options, master, reading.execution(), scan != null || query.isScanned());
        this.fetcher = new NodeFetcher(
                KeyFetchers.of(query, rowMaker, reading.cluster()), links.node(), master, reading.cluster());
        this.nameOnly = query.fetchPlan().isNameOnly();
        this.counting = query.fetchPlan().read() instanceof KeyRead.PageCounts;
    }

    /** How many nodes have sent its keys on. */
    int hops() {
        return hops;
    }

    /** Steps that were sent elsewhere since this was last called; somebody else finishes them. */
    List<Stray> takeStrays() {
        List<Stray> taken = strays;
        strays = taken.isEmpty() ? taken : new ArrayList<>();
        return taken;
    }

    /** True if replies are on their way. */
    boolean isWaiting() {
        return !flights.isEmpty();
    }

    /** True if there is nothing left to ask for, nor to read. */
    boolean isDone() {
        return knowsAllNames() && backlog.isEmpty() && unfinished.isEmpty() && flights.isEmpty();
    }

    /** True if the replies that are read next have all come. */
    boolean isReady() {
        Flight first = flights.peek();
        return first != null && first.replies().isDone();
    }

    /** True if no page of SCAN is left to come. */
    private boolean knowsAllNames() {
        return scan == null || scan.isDone();
    }

    /** Sends what may be sent now; nothing, if there is nothing to ask for, or nothing is wanted. */
    void send() {
        sendScan();
        while (mayFetch()) {
            List<Step> steps = takeSteps();
            if (steps.isEmpty()) {
                return;
            }
            Commands commands = asking ? Commands.asking(expectedBytes) : new Commands(expectedBytes);
            int[] ends = fetcher.write(commands, steps, budget.left());
            expectedBytes = commands.size() + 64;
            flights.add(new Flight(links.next(fetching).send(commands), null, steps, ends));
            fetching++;
        }
    }

    private void sendScan() {
        boolean enough = backlog.size() >= options.batchSize() || !budget.wantsMoreThan(backlog.size());
        if (scan != null && !scan.isDone() && !scanning && !enough) {
            scanning = true;
            flights.add(Flight.of(scan.next()));
        }
    }

    /** One batch until its size has told something, and while keys have several steps, since these hold memory. */
    private boolean mayFetch() {
        if (nameOnly || fetching >= (measured && unfinished.isEmpty() ? options.prefetch() : 1)) {
            return false;
        }
        return fetching == 0 || knowsAllNames() || backlog.size() >= batch;
    }

    /** Unfinished keys first: what has begun holds memory. */
    private List<Step> takeSteps() {
        if (budget.left() == 0) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        while (!unfinished.isEmpty() && steps.size() < batch) {
            steps.add(unfinished.remove());
        }
        int granted = budget.take(Math.min(batch - steps.size(), backlog.size()));
        reading.execution().keys(granted);
        for (; granted > 0; granted--) {
            steps.add(new Step(backlog.remove(), null));
        }
        return steps;
    }

    /** Waits for the replies that are next, sends what they allow, and adds the rows that came to {@code rows}. */
    void read(Queue<Object> rows) {
        Flight flight = flights.peek();
        if (flight == null) {
            return;
        }
        Replies replies = flight.replies().await(reading.execution());
        flights.remove();
        if (flight.page() != null && scan != null) {
            readPage(scan, flight.page(), replies, rows);
            send();
        } else {
            fetching--;
            measured = true;
            adaptBatch(replies.size(), flight.steps().size());
            send();
            readKeys(flight, replies, rows);
        }
    }

    private void readKeys(Flight flight, Replies replies, Queue<Object> rows) {
        List<Step> again = new ArrayList<>();
        RowSink sink = new RowSink() {
            @Override
            public void row(@Nullable Object[] row) {
                budget.row();
                rows.add(row);
            }

            @Override
            public void again(Step step) {
                again.add(step);
            }
        };
        List<Stray> left = fetcher.read(flight.steps(), flight.ends(), replies, sink);
        strays.addAll(left);
        // In front of the others: few keys at a time remember what they have given.
        for (int i = again.size() - 1; i >= 0; i--) {
            unfinished.addFirst(again.get(i));
        }
        for (int done = flight.steps().size() - again.size() - left.size(); done > 0; done--) {
            budget.finish();
        }
    }

    private void readPage(ScanPages pages, ScanPages.Page page, Replies replies, Queue<Object> rows) {
        scanning = false;
        ScanPages.Found found = pages.arrived(page, replies);
        if (found == null) {
            return;
        }
        if (budget.isUnlimited()) {
            // The server goes on while the keys are looked at.
            sendScan();
        }
        if (counting) {
            int names = pages.count(found);
            reading.execution().keys(names);
            rows.add(new Object[] {(long) names});
            budget.row();
            return;
        }
        pages.read(found, name -> backlog.add(reading.selector().key(name)));
        if (nameOnly) {
            emitNames(rows);
        }
    }

    private void emitNames(Queue<Object> rows) {
        int granted = budget.take(backlog.size());
        reading.execution().keys(granted);
        for (; granted > 0; granted--) {
            rows.add(rowMaker.start(backlog.remove()));
            budget.row();
            budget.finish();
        }
    }

    /** The first batches are small so that the first row comes soon; then as large as the values' sizes allow. */
    private void adaptBatch(int replyBytes, int keys) {
        int next = Math.min(options.batchSize(), batch * BATCH_GROWTH);
        if (keys > 0) {
            long bytesPerKey = Math.max(1, replyBytes / keys);
            next = (int) Math.max(1, Math.min(next, MAX_BATCH_BYTES / bytesPerKey));
        }
        batch = next;
    }

    @Override
    public void close() {
        links.close();
    }
}
