package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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

    /** Pages of names that are asked for one by one first, whoever wants few causes few; by then it is known what MATCH leaves out. */
    private static final int FIRST_PAGES = 8;

    /** From here on MATCH costs the server more than it spares both: a tenth of a COUNT(*) of a million keys. */
    private static final double NEARLY_ALL = 0.9;

    /** Bytes of replies that a batch may have; large values make smaller batches. */
    private static final long MAX_BATCH_BYTES = 4 << 20;

    private final NodeLinks links;
    private final Reading reading;
    private final @Nullable ScanWindow window;
    private final @Nullable SlotOrder order;
    private final boolean asking;
    private final int hops;
    private final NodeFetcher fetcher;
    private final RowMaker rowMaker;
    private final boolean nameOnly;
    private final RowBudget budget;
    private final ReadOptions options;
    private final Optional<String> type;
    private final byte[] glob;
    private final boolean tableOfKeys;

    private final Queue<TableKey> backlog = new ArrayDeque<>();
    private boolean scanned;
    private String cursor = "0";
    /** Slots of which SCAN's keys are the cluster's; null for all. */
    private @Nullable BitSet held;

    private int batch;
    /** Keys whose reading isn't done. */
    private final Deque<Step> unfinished = new ArrayDeque<>();

    private final Queue<Flight> flights = new ArrayDeque<>();
    private boolean scanning;
    private int pages;
    private long listed;
    private @Nullable ScanAhead ahead;
    private int fetching;
    /** True once replies have told how large the values are. */
    private boolean measured;

    private int expectedBytes = 256;
    private List<Stray> strays = new ArrayList<>();

    /**
     * A pipeline under way: either a page of SCAN, or a step of some keys.
     *
     * @param cursor where the page began; null for keys
     * @param probed whether the scan's window asked for a probe behind the page
     * @param ends how many commands each step and those before it have; none where steps share commands
     */
    private record Flight(
            PendingReplies replies, @Nullable String cursor, boolean probed, List<Step> steps, int[] ends) {}

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
        NodeReader reader = new NodeReader(links, reading, master, window, order, false, 0);
        reader.held = held;
        reader.cursor = order == null ? "0" : order.start();
        return reader;
    }

    /** Reads {@code keys}, which {@code master} owns; the node is that, or a replica of it. */
    static NodeReader named(NodeLinks links, Reading reading, RedisNode master, List<TableKey> keys) {
        NodeReader reader = new NodeReader(links, reading, master, null, null, false, 0);
        reader.backlog.addAll(keys);
        reader.scanned = true;
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
        NodeReader reader = new NodeReader(links, reading, master, null, null, asking, hops);
        reader.unfinished.addAll(steps);
        reader.scanned = true;
        return reader;
    }

    private NodeReader(
            NodeLinks links,
            Reading reading,
            RedisNode master,
            @Nullable ScanWindow window,
            @Nullable SlotOrder order,
            boolean asking,
            int hops) {
        this.links = links;
        this.reading = reading;
        this.window = window;
        this.order = order;
        this.asking = asking;
        this.hops = hops;
        this.budget = reading.budget();
        this.options = reading.options();
        this.batch = Math.min(FIRST_BATCH, options.batchSize());
        RedisQuery query = reading.query();
        this.rowMaker = new RowMaker(query, options, master, reading.execution(), window != null || query.isScanned());
        this.fetcher = new NodeFetcher(
                KeyFetchers.of(query, rowMaker, reading.cluster()), links.node(), master, reading.cluster());
        this.nameOnly = query.fetchPlan().isNameOnly();
        this.type = query.redisType();
        this.tableOfKeys = query.table().type() == TableType.KEY;
        this.glob = Text.encode(reading.selector().glob());
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
        return scanned && backlog.isEmpty() && unfinished.isEmpty() && flights.isEmpty();
    }

    /** True if the replies that are read next have all come. */
    boolean isReady() {
        Flight first = flights.peek();
        return first != null && first.replies().isDone();
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
            flights.add(new Flight(links.next(fetching).send(commands), null, false, steps, ends));
            fetching++;
        }
    }

    /** One page at a time, since each tells where the next begins. */
    private void sendScan() {
        if (scanned || scanning || backlog.size() >= options.batchSize() || !budget.wantsMoreThan(backlog.size())) {
            return;
        }
        scanning = true;
        if (nameOnly && order == null && pages >= FIRST_PAGES && budget.isUnlimited()) {
            boolean probed = window != null && window.mayForget();
            if (ahead == null) {
                boolean matched = isMatchWorthwhile();
                ahead = new ScanAhead(links.first(), cursor, from -> page(from, matched, probed), options.prefetch());
            }
            ScanAhead.Page page = ahead.take();
            flights.add(new Flight(page.replies(), page.cursor(), probed, List.of(), new int[0]));
        } else {
            boolean probed = window != null && window.wantsProbe();
            Commands page = page(cursor, isMatchWorthwhile(), probed);
            flights.add(new Flight(links.first().send(page), cursor, probed, List.of(), new int[0]));
        }
    }

    /** Every name is looked at here as well, so the pattern is there to spare work alone. */
    private boolean isMatchWorthwhile() {
        return pages < FIRST_PAGES || listed < NEARLY_ALL * options.scanCount() * pages;
    }

    private Commands page(String from, boolean matched, boolean probed) {
        Commands commands = new Commands();
        commands.begin(4 + (matched ? 2 : 0) + (type.isPresent() ? 2 : 0))
                .arg("SCAN")
                .arg(from);
        if (matched) {
            commands.arg("MATCH").arg(glob);
        }
        commands.arg("COUNT").arg(options.scanCount());
        type.ifPresent(name -> commands.arg("TYPE").arg(name));
        if (probed) {
            commands.add("SCAN", "0", "COUNT", "1");
        }
        return commands;
    }

    /** One batch until its size has told something, and while keys have several steps, since these hold memory. */
    private boolean mayFetch() {
        if (nameOnly || fetching >= (measured && unfinished.isEmpty() ? options.prefetch() : 1)) {
            return false;
        }
        return fetching == 0 || scanned || backlog.size() >= batch;
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
        if (flight.cursor() != null) {
            readScan(flight.cursor(), replies, flight.probed());
            if (nameOnly) {
                emitNames(rows);
            }
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

    private void emitNames(Queue<Object> rows) {
        int granted = budget.take(backlog.size());
        reading.execution().keys(granted);
        for (; granted > 0; granted--) {
            rows.add(rowMaker.start(backlog.remove()));
            budget.row();
            budget.finish();
        }
    }

    private void readScan(String from, Replies replies, boolean probed) {
        scanning = false;
        Replies.Cursor reply = replies.cursor();
        reply.next();
        if (tableOfKeys && reading.execution().isRefused(reply, "SCAN")) {
            scanned = true;
            return;
        }
        if (reply.isError()) {
            throw reply.error("SCAN");
        }
        reply.next();
        String to = reply.text();
        cursor = order == null ? to : order.next(to);
        scanned = cursor.equals("0");
        if (window != null) {
            window.page(from, cursor, probed ? probe(replies) : null);
        }
        if (budget.isUnlimited()) {
            // The server goes on while the keys are looked at.
            sendScan();
        }
        reply.next();
        pages++;
        listed += reply.arrayLength();
        for (int found = reply.arrayLength(); found > 0; found--) {
            reply.next();
            byte[] name = reply.bytes();
            if (order != null) {
                order.check(from, to, name, links.node());
            }
            TableKey key = reading.selector().accept(name);
            boolean here = key != null && (held == null || held.get(RedisClient.slotOf(name)));
            if (key != null && here && (window == null || window.add(name))) {
                backlog.add(key);
            }
        }
    }

    /** The cursor that the probe behind a page came with. */
    private static @Nullable String probe(Replies replies) {
        Replies.Cursor reply = replies.cursor();
        reply.next();
        reply.skip();
        reply.next();
        if (reply.isError()) {
            throw reply.error("SCAN");
        }
        reply.next();
        return reply.text();
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
