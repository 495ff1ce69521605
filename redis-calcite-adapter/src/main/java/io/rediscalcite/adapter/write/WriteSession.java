package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.client.Redirect;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisErrors;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.exec.Execution;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.query.WriteQuery.Found;
import io.rediscalcite.adapter.query.WriteQuery.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One write under way: takes rows, sends each to the node that owns its key, and keeps what became of it. For one thread.
 *
 * <p>A row whose reply is lost is unknown and never sent again. One that the server refused only for the moment, or sent
 * elsewhere, is sent again, a few times.
 */
final class WriteSession implements AutoCloseable, NodeLane.Verdicts {
    private static final long FIRST_PAUSE_MILLIS = 50;
    /** The longest pause is 1.6 seconds. */
    private static final int MOST_DOUBLINGS = 5;
    /** How long what is under way may take once the statement is cancelled. */
    private static final long LAST_WAIT_MILLIS = 2_000;

    /** A unit to be sent again, and where the server said that it belongs. */
    private record Refused(Unit unit, @Nullable Redirect redirect, RedisSqlException why) {}

    private final RedisClient client;
    private final WriteQuery query;
    private final WriteOptions options;
    private final Execution check;
    private final TypeWriter writer;
    private final WriteOutcome outcome;
    private final @Nullable GeneratedKeys generatedKeys;
    private final Map<Endpoint, NodeLane> lanes = new LinkedHashMap<>();
    private final Map<String, List<WriteRow>> listRows = new LinkedHashMap<>();
    private final Deque<Refused> refused = new ArrayDeque<>();
    private long rowNumber;
    /** True once a slot that no node serves was waited for in vain, so that it isn't for each row. */
    private boolean waitedForNode;

    /**
     * @param entries of a batch; 0 where there is none
     * @param generatedKeys takes what is made of the rows' names; null where nobody wants it
     */
    WriteSession(
            RedisClient client,
            WriteQuery query,
            WriteOptions options,
            Execution check,
            int entries,
            @Nullable GeneratedKeys generatedKeys) {
        this.client = client;
        this.query = query;
        this.options = options;
        this.check = check;
        this.generatedKeys = generatedKeys;
        this.writer = TypeWriter.of(query, new WriteColumns(query, options.zone()));
        this.outcome = new WriteOutcome(entries);
    }

    /** Takes a row; sends it now or with later ones. */
    void add(@Nullable Object[] cells, int entry) {
        rowNumber++;
        String name = "row " + rowNumber;
        try {
            WriteRow row = writer.row(cells, entry, rowNumber);
            name = row.name();
            if (query.operation() == Operation.DELETE && query.found() == Found.READ && writer instanceof ListWriter) {
                listRows.computeIfAbsent(name, key -> new ArrayList<>()).add(row);
                return;
            }
            send(writer.unit(row));
        } catch (RedisSqlException bad) {
            if (bad.state() != SqlState.BAD_VALUE) {
                throw bad;
            }
            outcome.failed(
                    name, entry, new RedisSqlException(bad.state(), "row " + rowNumber + ": " + bad.getMessage(), bad));
        }
    }

    private void send(Unit unit) {
        check.keys(1);
        if (!add(unit, null)) {
            if (waitedForNode) {
                outcome.failed(unit, noNode(unit));
                return;
            }
            refused.add(new Refused(unit, null, noNode(unit)));
        }
        resendRefused();
    }

    /** Adds the unit to the pipelines of the node that takes it; false if no node of the cluster owns its slot now. */
    private boolean add(Unit unit, @Nullable Redirect redirect) {
        Optional<RedisNode> node =
                redirect == null ? client.ownerOf(unit.key(), check) : Optional.of(client.nodeAt(redirect.target()));
        node.ifPresent(owner -> lane(owner).add(unit, redirect != null && redirect.ask(), check));
        return node.isPresent();
    }

    private NodeLane lane(RedisNode node) {
        return lanes.computeIfAbsent(
                node.endpoint(), endpoint -> new NodeLane(client, node, options.batchSize(), options.inFlight(), this));
    }

    /**
     * Waits until each row is written, or isn't.
     *
     * @return what became of them
     */
    WriteOutcome finish() {
        if (writer instanceof ListWriter lists) {
            listRows.values().forEach(rows -> send(lists.delete(rows)));
            listRows.clear();
        }
        finishLanes();
        resendRefused();
        return outcome;
    }

    /** Ends early: waits a little for what is under way, and sends nothing more. */
    WriteOutcome stop() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WAIT_MILLIS);
        RedisSqlException late = new RedisSqlException(
                SqlState.CONNECTION_LOST, "the statement ended before the server's reply was there");
        for (NodeLane lane : lanes.values()) {
            try {
                lane.settle(() -> {
                    if (System.nanoTime() - deadline > 0) {
                        throw late;
                    }
                });
            } catch (RedisSqlException tooLate) {
                lane.abandon(tooLate);
            }
            lane.abandon(late);
        }
        refused.forEach(again -> outcome.failed(again.unit(), again.why()));
        return outcome;
    }

    @Override
    public void replied(Unit unit, Replies.Cursor reply, RedisNode node) {
        if (reply.isError()) {
            replied(unit, reply.text(), node);
            return;
        }
        boolean number = reply.kind() == Replies.Kind.INTEGER;
        long said = number ? reply.longValue() : 1;
        if (unit.zeroMeansNone() && said <= 0) {
            conflict(unit, said < 0);
        } else {
            outcome.written(unit, unit.rows() == Unit.REPLIED ? said : unit.rows());
            if (generatedKeys != null) {
                boolean id = reply.kind() == Replies.Kind.BULK;
                generatedKeys.add(unit.row(), query, id ? reply.text() : null);
            }
        }
    }

    private void replied(Unit unit, String error, RedisNode node) {
        RedisSqlException why = RedisErrors.of(error, unit.command(), node.endpoint());
        Redirect redirect = Redirect.parse(error, node.endpoint());
        if (redirect != null || PassingErrors.has(error)) {
            refused.add(new Refused(unit, redirect, why));
        } else if (error.contains("DUPLICATE_POLICY is set to BLOCK")) {
            conflict(unit, false);
        } else {
            outcome.failed(unit, why);
        }
    }

    /** @param newName whether an UPDATE's new member is taken, rather than an INSERT's row there */
    private void conflict(Unit unit, boolean newName) {
        if (query.operation() == Operation.INSERT) {
            if (query.onConflict() != OnConflict.SKIP) {
                outcome.failed(unit, exists(unit));
            }
        } else if (newName) {
            outcome.failed(
                    unit,
                    new RedisSqlException(
                            SqlState.KEY_EXISTS,
                            unit.describe() + " of table '" + query.table().name()
                                    + "' can't get a new member that is there already"));
        } else if (unit.rows() > 1) {
            outcome.failed(
                    unit,
                    new RedisSqlException(
                            SqlState.SERVER_ERROR,
                            unit.describe() + " of table '" + query.table().name()
                                    + "' was changed by someone else meanwhile: run the statement again"));
        }
    }

    private RedisSqlException exists(Unit unit) {
        return new RedisSqlException(
                SqlState.KEY_EXISTS,
                unit.describe() + " of table '" + query.table().name()
                        + "' is there already; INSERT /*+ ON_CONFLICT('replace') */, 'merge' or 'skip' says what to"
                        + " do");
    }

    @Override
    public void unknown(Unit unit, RedisSqlException why) {
        outcome.unknown(unit, why);
    }

    @Override
    public void failed(Unit unit, RedisSqlException why) {
        outcome.failed(unit, why);
    }

    /**
     * Sends again what was refused, until it is taken or was tried often enough. A redirect says which node takes it now; for
     * anything else the server needs time.
     */
    private void resendRefused() {
        for (int tries = 1; !refused.isEmpty(); tries++) {
            if (tries > options.retries()) {
                waitedForNode = true;
                for (Refused one = refused.poll(); one != null; one = refused.poll()) {
                    outcome.failed(one.unit(), one.why());
                }
                return;
            }
            if (tries > 1 || refused.stream().anyMatch(one -> one.redirect() == null)) {
                finishLanes();
                check.pause(FIRST_PAUSE_MILLIS << Math.min(tries - 1, MOST_DOUBLINGS));
            }
            client.masters(check);
            for (int left = refused.size(); left > 0; left--) {
                Refused one = refused.remove();
                if (!add(one.unit(), one.redirect())) {
                    refused.add(one);
                }
            }
            finishLanes();
        }
    }

    private RedisSqlException noNode(Unit unit) {
        return new RedisSqlException(
                SqlState.SERVER_ERROR,
                unit.describe() + " of table '" + query.table().name() + "' isn't written: no node of the cluster at "
                        + client.describe() + " serves its slot; try again when the cluster is whole");
    }

    private void finishLanes() {
        for (NodeLane lane : List.copyOf(lanes.values())) {
            lane.finish(check);
        }
    }

    @Override
    public void close() {
        lanes.values().forEach(NodeLane::close);
    }
}
