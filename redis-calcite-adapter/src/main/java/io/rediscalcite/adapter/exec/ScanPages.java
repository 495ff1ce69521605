package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pages of SCAN of one node, one after the other, since each tells where the next begins: the names of those keys that may be
 * rows, each once.
 */
final class ScanPages {
    /** Pages that are asked for one by one first, whoever wants few causes few; by then it is known what MATCH leaves out. */
    private static final int FIRST_PAGES = 8;

    /** From here on MATCH costs the server more than it spares both: a tenth of a COUNT(*) of a million keys. */
    private static final double NEARLY_ALL = 0.9;

    private final RedisLink link;
    private final Reading reading;
    private final @Nullable ScanWindow window;
    private final @Nullable SlotOrder order;
    /** Slots of which SCAN's keys are the cluster's; null for all. */
    private final @Nullable BitSet held;

    private final Optional<String> type;
    private final byte[] glob;
    private final boolean nameOnly;

    private String cursor;
    private boolean done;
    private int pages;
    private long listed;
    private @Nullable ScanAhead ahead;

    /**
     * A page that was asked for.
     *
     * @param from the cursor that it was asked with
     * @param probed whether the scan's window asked for probes behind it
     */
    record Page(String from, PendingReplies replies, boolean probed) {}

    /**
     * A page that has come.
     *
     * @param to the cursor that it came with
     * @param names before the array of them
     */
    record Found(String from, String to, Replies.Cursor names) {}

    /**
     * @param window knows which keys may come again; null where none are left out
     * @param order walks some slots alone; null for all keys of the node
     * @param held slots of which its keys are the cluster's, and not left from when it had them; null for all
     */
    ScanPages(
            RedisLink link,
            Reading reading,
            @Nullable ScanWindow window,
            @Nullable SlotOrder order,
            @Nullable BitSet held) {
        this.link = link;
        this.reading = reading;
        this.window = window;
        this.order = order;
        this.held = held;
        this.type = reading.query().redisType();
        this.glob = Text.encode(reading.selector().glob());
        this.nameOnly = reading.query().fetchPlan().isNameOnly();
        this.cursor = order == null ? "0" : order.start();
    }

    /** True once the last page has come. */
    boolean isDone() {
        return done;
    }

    /** The next page, asked for now, or before where names are all that is wanted of very many keys. */
    Page next() {
        if (nameOnly
                && order == null
                && pages >= FIRST_PAGES
                && reading.budget().isUnlimited()) {
            boolean probed = window != null && window.mayForget();
            if (ahead == null) {
                boolean matched = isMatchWorthwhile();
                ahead = new ScanAhead(
                        link,
                        cursor,
                        from -> command(from, matched, probed),
                        reading.options().prefetch());
            }
            ScanAhead.Page page = ahead.take();
            return new Page(page.cursor(), page.replies(), probed);
        }
        boolean probed = window != null && window.wantsProbes();
        return new Page(cursor, link.send(command(cursor, isMatchWorthwhile(), probed)), probed);
    }

    /** Every name is looked at here as well, so the pattern is there to spare work alone. */
    private boolean isMatchWorthwhile() {
        return pages < FIRST_PAGES || listed < NEARLY_ALL * reading.options().scanCount() * pages;
    }

    private Commands command(String from, boolean matched, boolean probed) {
        Commands commands = new Commands();
        commands.begin(4 + (matched ? 2 : 0) + (type.isPresent() ? 2 : 0))
                .arg("SCAN")
                .arg(from);
        if (matched) {
            commands.arg("MATCH").arg(glob);
        }
        commands.arg("COUNT").arg(reading.options().scanCount());
        type.ifPresent(name -> commands.arg("TYPE").arg(name));
        if (probed) {
            ScanWindow.PROBES.forEach(start -> commands.add("SCAN", start, "COUNT", "1"));
        }
        return commands;
    }

    /**
     * Takes note of where the next page begins; its names are still to be read.
     *
     * @return null if the user may not see any names, and does without
     */
    @Nullable
    Found arrived(Page page, Replies replies) {
        Replies.Cursor reply = replies.cursor();
        reply.next();
        if (reading.query().table().type() == TableType.KEY
                && reading.execution().isRefused(reply, "SCAN")) {
            done = true;
            return null;
        }
        if (reply.isError()) {
            throw reply.error("SCAN");
        }
        reply.next();
        String to = reply.text();
        cursor = order == null ? to : order.next(to);
        done = cursor.equals("0");
        if (window != null) {
            window.page(page.from(), cursor, page.probed() ? probes(replies) : List.of(), () -> names(replies));
        }
        return new Found(page.from(), to, reply);
    }

    /** Gives the names that may be rows and didn't come before to {@code rows}. */
    void read(Found page, Consumer<byte[]> rows) {
        Replies.Cursor reply = page.names();
        for (int left = begin(reply); left > 0; left--) {
            reply.next();
            if (isRow(page, reply)) {
                rows.accept(reply.bytes());
            }
        }
    }

    /** How many names may be rows and didn't come before. */
    int count(Found page) {
        int rows = 0;
        Replies.Cursor reply = page.names();
        for (int left = begin(reply); left > 0; left--) {
            reply.next();
            if (isRow(page, reply)) {
                rows++;
            }
        }
        return rows;
    }

    private int begin(Replies.Cursor reply) {
        reply.next();
        pages++;
        listed += reply.arrayLength();
        return reply.arrayLength();
    }

    private boolean isRow(Found page, Replies.Cursor name) {
        if (order != null || held != null) {
            byte[] raw = name.bytes();
            if (order != null) {
                order.check(page.from(), page.to(), raw, link.node());
            }
            if (held != null && !held.get(RedisClient.slotOf(raw))) {
                return false;
            }
        }
        return reading.selector().accepts(name.buffer(), name.offset(), name.length())
                && (window == null || window.add(name.buffer(), name.offset(), name.length()));
    }

    /** All names of a page. */
    private static List<byte[]> names(Replies page) {
        Replies.Cursor reply = page.cursor();
        reply.next();
        reply.next();
        reply.next();
        List<byte[]> names = new ArrayList<>(reply.arrayLength());
        for (int left = reply.arrayLength(); left > 0; left--) {
            reply.next();
            names.add(reply.bytes());
        }
        return names;
    }

    /** The cursors that the probes behind a page came with. */
    private static List<String> probes(Replies replies) {
        List<String> cursors = new ArrayList<>();
        Replies.Cursor reply = replies.cursor();
        reply.next();
        for (int i = 1; i < replies.count(); i++) {
            reply.skip();
            reply.next();
            if (reply.isError()) {
                throw reply.error("SCAN");
            }
            reply.next();
            cursors.add(reply.text());
            reply.next();
        }
        return cursors;
    }
}
