package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.Replies;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pages of SCAN, each asked for on the connection's own thread as soon as the one before has come: the server needn't rest until
 * somebody here wakes up and looks. A few pages that nobody takes make it wait.
 */
final class ScanAhead {
    /** @param cursor that the page was asked with */
    record Page(String cursor, PendingReplies replies) {}

    private final RedisLink link;
    private final Function<String, Commands> commands;
    private final int most;
    private final Queue<Page> pages = new ArrayDeque<>();
    /** Where the next page begins, while too many are there to ask for it. */
    private @Nullable String postponed;

    /**
     * @param commands the commands of a page, SCAN first, by the cursor where it begins
     * @param most pages that are there, or under way, and not taken
     */
    ScanAhead(RedisLink link, String cursor, Function<String, Commands> commands, int most) {
        this.link = link;
        this.commands = commands;
        this.most = most;
        ask(cursor);
    }

    /** The next page, which may be under way still; as long as the last one's replies weren't the last of all, there is one. */
    synchronized Page take() {
        Page page = pages.remove();
        String cursor = postponed;
        if (cursor != null) {
            postponed = null;
            ask(cursor);
        }
        return page;
    }

    private synchronized void ask(String cursor) {
        pages.add(new Page(cursor, link.send(commands.apply(cursor), this::arrived)));
    }

    private synchronized void arrived(Replies replies) {
        Replies.Cursor reply = replies.cursor();
        reply.next();
        if (reply.isError()) {
            return;
        }
        reply.next();
        String cursor = reply.text();
        if (cursor.equals("0")) {
            return;
        }
        if (pages.size() < most) {
            ask(cursor);
        } else {
            postponed = cursor;
        }
    }
}
