package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query's rows from one node, a batch of keys at a time, over one connection.
 *
 * <p>Each pipeline asks for the next page of SCAN first and then fetches the keys of the page before. When its replies
 * come, the next pipeline leaves before these are decoded, so that the server works while rows are made.
 */
final class NodeReader implements AutoCloseable {
    private static final int FIRST_BATCH = 100;
    private static final int BATCH_GROWTH = 4;

    /** Bytes of replies that a batch may have; large values make smaller batches. */
    private static final long MAX_BATCH_BYTES = 4 << 20;

    private final RedisLink link;
    private final Execution execution;
    private final KeySelector selector;
    private final @Nullable SeenKeys seen;
    private final KeyFetcher fetcher;
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
    private int batch = FIRST_BATCH;
    /** Keys whose reading isn't done. */
    private final Deque<Step> unfinished = new ArrayDeque<>();

    private @Nullable PendingReplies pending;
    private boolean pendingScan;
    private List<Step> pendingSteps = List.of();

    /** Reads the keys that SCAN finds on the link's node; {@code seen} is shared with the other nodes' readers. */
    static NodeReader scanning(
            RedisLink link,
            Execution execution,
            RedisQuery query,
            KeySelector selector,
            SeenKeys seen,
            RowBudget budget,
            ReadOptions options,
            boolean cluster) {
        return new NodeReader(link, execution, query, selector, seen, budget, options, cluster);
    }

    /** Reads {@code keys}, which the link's node owns. */
    static NodeReader named(
            RedisLink link,
            Execution execution,
            RedisQuery query,
            KeySelector selector,
            List<TableKey> keys,
            RowBudget budget,
            ReadOptions options,
            boolean cluster) {
        NodeReader reader = new NodeReader(link, execution, query, selector, null, budget, options, cluster);
        reader.backlog.addAll(keys);
        reader.scanned = true;
        return reader;
    }

    private NodeReader(
            RedisLink link,
            Execution execution,
            RedisQuery query,
            KeySelector selector,
            @Nullable SeenKeys seen,
            RowBudget budget,
            ReadOptions options,
            boolean cluster) {
        this.link = link;
        this.execution = execution;
        this.selector = selector;
        this.seen = seen;
        this.budget = budget;
        this.options = options;
        this.rowMaker = new RowMaker(query, options, link.node(), execution);
        this.fetcher = KeyFetchers.of(query, rowMaker, cluster);
        this.nameOnly = query.fetchPlan().isNameOnly();
        this.type = query.redisType();
        this.tableOfKeys = query.table().type() == TableType.KEY;
        this.glob = Text.encode(selector.glob());
    }

    /** True if replies are on their way. */
    boolean isWaiting() {
        return pending != null;
    }

    /** True if the replies on their way have all come. */
    boolean isReady() {
        return pending != null && pending.isDone();
    }

    /** Sends the next pipeline, unless there is nothing to ask for, or nothing is wanted now. */
    void send() {
        Commands commands = new Commands();
        pendingSteps = takeSteps();
        pendingScan = !scanned && budget.wantsMoreThan(backlog.size()) && backlog.size() < options.batchSize();
        if (pendingScan) {
            writeScan(commands);
        }
        fetcher.write(commands, pendingSteps, budget.left());
        pending = commands.count() == 0 ? null : link.send(commands);
    }

    private void writeScan(Commands commands) {
        commands.begin(type.isPresent() ? 8 : 6)
                .arg("SCAN")
                .arg(cursor)
                .arg("MATCH")
                .arg(glob)
                .arg("COUNT")
                .arg(options.scanCount());
        type.ifPresent(name -> commands.arg("TYPE").arg(name));
    }

    /** Unfinished keys first: what has begun holds memory. */
    private List<Step> takeSteps() {
        if (nameOnly || budget.left() == 0) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        while (!unfinished.isEmpty() && steps.size() < batch) {
            steps.add(unfinished.remove());
        }
        for (int granted = budget.take(Math.min(batch - steps.size(), backlog.size())); granted > 0; granted--) {
            steps.add(new Step(backlog.remove(), null));
        }
        return steps;
    }

    /** Waits for the replies on their way, sends the next pipeline, and adds the rows that came to {@code rows}. */
    void read(Queue<Object> rows) {
        PendingReplies arriving = pending;
        if (arriving == null) {
            return;
        }
        Replies replies = arriving.await(execution);
        Replies.Cursor reply = replies.cursor();
        List<Step> steps = pendingSteps;
        if (pendingScan) {
            readScan(reply);
        }
        adaptBatch(replies.size(), steps.size());
        if (nameOnly) {
            emitNames(rows);
        }
        send();
        List<Step> again = new ArrayList<>();
        fetcher.read(steps, reply, new RowSink() {
            @Override
            public void row(@Nullable Object[] row) {
                budget.row();
                rows.add(row);
            }

            @Override
            public void again(Step step) {
                again.add(step);
            }
        });
        // In front of the others: few keys at a time remember what they have given.
        for (int i = again.size() - 1; i >= 0; i--) {
            unfinished.addFirst(again.get(i));
        }
        for (int done = steps.size() - again.size(); done > 0; done--) {
            budget.finish();
        }
    }

    private void emitNames(Queue<Object> rows) {
        while (!backlog.isEmpty() && budget.take(1) == 1) {
            rows.add(rowMaker.start(backlog.remove()));
            budget.row();
            budget.finish();
        }
    }

    private void readScan(Replies.Cursor reply) {
        reply.next();
        if (tableOfKeys && execution.isRefused(reply, "SCAN")) {
            scanned = true;
            return;
        }
        if (reply.isError()) {
            throw reply.error("SCAN");
        }
        reply.next();
        cursor = reply.text();
        scanned = cursor.equals("0");
        reply.next();
        int found = reply.arrayLength();
        for (int i = 0; i < found; i++) {
            reply.next();
            TableKey key = selector.accept(reply.bytes());
            if (key != null && (seen == null || seen.add(key.raw()))) {
                backlog.add(key);
            }
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
        link.close();
    }
}
