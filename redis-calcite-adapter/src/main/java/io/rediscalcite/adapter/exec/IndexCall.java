package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.IndexInfo;
import io.rediscalcite.adapter.search.IndexState;
import java.util.function.Consumer;

/**
 * Asks an index, and in the same transaction what tells whether it can be trusted: so that nothing comes in between.
 *
 * <p>Whatever fails of it, for want of permission or of the index, is an {@link IndexUnfitException}.
 */
final class IndexCall {
    private final RedisClient client;
    private final WaitCheck check;

    IndexCall(RedisClient client, WaitCheck check) {
        this.client = client;
        this.check = check;
    }

    /**
     * The state of the index, and its answers.
     *
     * @param replies stands before the first answer
     */
    record Answer(IndexState state, Replies.Cursor replies) {
        /** Steps to the next answer; true if it is that so many documents may not be asked for. */
        boolean stepIsOverLimit() {
            replies.next();
            return replies.isError() && replies.text().contains("exceeds maximum");
        }

        /** Steps to the next answer. */
        Replies.Cursor next(String command) {
            replies.next();
            return current(command);
        }

        /** The answer stepped to. */
        Replies.Cursor current(String command) {
            if (replies.isError()) {
                throw new IndexUnfitException(command + " says: " + replies.text());
            }
            return replies;
        }
    }

    /** @param question adds commands whose answers are wanted */
    Answer ask(IndexDefinition index, Consumer<Commands> question) {
        Commands commands = new Commands();
        commands.add("MULTI").add("FT.INFO", index.name()).add("INFO", "keyspace");
        question.accept(commands);
        commands.add("EXEC");
        Replies.Cursor reply = send(commands);
        for (int queued = commands.count() - 1; queued > 0; queued--) {
            reply.next();
            if (reply.isError()) {
                throw new IndexUnfitException("the server says: " + reply.text());
            }
        }
        reply.next();
        if (reply.isError() || reply.isNull()) {
            throw new IndexUnfitException("EXEC says: " + (reply.isNull() ? "nothing" : reply.text()));
        }
        reply.next();
        IndexInfo info = IndexInfo.read(reply).orElseThrow(() -> new IndexUnfitException("there is no such index"));
        reply.next();
        if (reply.isError()) {
            throw new IndexUnfitException("INFO says: " + reply.text());
        }
        if (!info.definition().equals(index)) {
            throw new IndexUnfitException("it has another definition than when the statement was planned");
        }
        return new Answer(IndexState.of(info, reply.text()), reply);
    }

    /** The replies to commands that stand for themselves. */
    Replies.Cursor send(Commands commands) {
        return client.call(client.masters(check).get(0), commands, check).cursor();
    }
}
