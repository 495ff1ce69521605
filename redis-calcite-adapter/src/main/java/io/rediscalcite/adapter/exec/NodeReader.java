package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.query.RedisQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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

    /** A row whose key must still be found to be there. */
    private record UncertainRow(TableKey key, @Nullable Object[] row) {}

    private final RedisLink link;
    private final Execution execution;
    private final KeySelector selector;
    private final @Nullable SeenKeys seen;
    private final RowDecoder decoder;
    private final RowBudget budget;
    private final ReadOptions options;
    private final String type;
    private final String glob;

    private final Queue<TableKey> backlog = new ArrayDeque<>();
    private boolean scanned;
    private String cursor = "0";
    private int batch = FIRST_BATCH;
    private List<UncertainRow> uncertain = new ArrayList<>();

    private @Nullable PendingReplies pending;
    private boolean pendingScan;
    private List<TableKey> pendingKeys = List.of();
    private List<UncertainRow> pendingChecks = List.of();

    /** Reads the keys that SCAN finds on the link's node; {@code seen} is shared with the other nodes' readers. */
    static NodeReader scanning(
            RedisLink link,
            Execution execution,
            RedisQuery query,
            KeySelector selector,
            SeenKeys seen,
            RowBudget budget,
            ReadOptions options) {
        return new NodeReader(link, execution, query, selector, seen, budget, options);
    }

    /** Reads {@code keys}, which the link's node owns. */
    static NodeReader named(
            RedisLink link,
            Execution execution,
            RedisQuery query,
            KeySelector selector,
            List<TableKey> keys,
            RowBudget budget,
            ReadOptions options) {
        NodeReader reader = new NodeReader(link, execution, query, selector, null, budget, options);
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
            ReadOptions options) {
        this.link = link;
        this.execution = execution;
        this.selector = selector;
        this.seen = seen;
        this.budget = budget;
        this.options = options;
        this.decoder = new RowDecoder(query, options, link.node());
        this.type = query.table().type().redisType();
        this.glob = selector.glob();
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
        pendingChecks = uncertain;
        uncertain = new ArrayList<>();
        pendingKeys = takeKeys();
        pendingScan = !scanned && budget.wantsMoreThan(backlog.size()) && backlog.size() < options.batchSize();
        if (pendingScan) {
            commands.add("SCAN", cursor, "MATCH", glob, "COUNT", String.valueOf(options.scanCount()), "TYPE", type);
        }
        for (UncertainRow row : pendingChecks) {
            commands.begin(2).arg("TYPE").arg(row.key().raw());
        }
        for (TableKey key : pendingKeys) {
            decoder.write(commands, key);
        }
        pending = commands.count() == 0 ? null : link.send(commands);
    }

    private List<TableKey> takeKeys() {
        if (decoder.needsNoCommand()) {
            return List.of();
        }
        int granted = budget.take(Math.min(batch, backlog.size()));
        List<TableKey> taken = new ArrayList<>(granted);
        for (int i = 0; i < granted; i++) {
            taken.add(backlog.remove());
        }
        return taken;
    }

    /** Waits for the replies on their way, sends the next pipeline, and adds the rows that came to {@code rows}. */
    void read(Queue<Object> rows) {
        PendingReplies arriving = pending;
        if (arriving == null) {
            return;
        }
        Replies replies = arriving.await(execution);
        Replies.Cursor reply = replies.cursor();
        List<TableKey> keys = pendingKeys;
        List<UncertainRow> checks = pendingChecks;
        if (pendingScan) {
            readScan(reply);
        }
        adaptBatch(replies.size(), keys.size());
        if (decoder.needsNoCommand()) {
            emitNames(rows);
        }
        send();
        for (UncertainRow checked : checks) {
            settle(decoder.readType(reply), checked.row(), rows);
        }
        for (TableKey key : keys) {
            decode(key, reply, rows);
        }
    }

    private void decode(TableKey key, Replies.Cursor reply, Queue<Object> rows) {
        @Nullable Object[] row = decoder.start(key);
        RowDecoder.Outcome outcome = decoder.read(key, row, reply);
        if (outcome == RowDecoder.Outcome.UNCERTAIN) {
            uncertain.add(new UncertainRow(key, row));
        } else {
            settle(outcome == RowDecoder.Outcome.ROW, row, rows);
        }
    }

    private void settle(boolean isRow, @Nullable Object[] row, Queue<Object> rows) {
        budget.settle(isRow);
        if (isRow) {
            rows.add(row);
        }
    }

    private void emitNames(Queue<Object> rows) {
        while (!backlog.isEmpty() && budget.take(1) == 1) {
            settle(true, decoder.start(backlog.remove()), rows);
        }
    }

    private void readScan(Replies.Cursor reply) {
        reply.next();
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
