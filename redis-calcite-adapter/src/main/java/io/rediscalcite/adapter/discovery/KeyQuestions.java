package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.discovery.KeySampler.Asked;
import io.rediscalcite.adapter.discovery.KeySampler.Question;
import io.rediscalcite.adapter.type.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about keys of one node, in pipelines of few bytes. */
final class KeyQuestions extends Lane {
    private static final int LONGEST_PIPELINE = 500;
    /** Expected of the replies of one pipeline; the next is under way then. */
    private static final long MAX_PIPELINE_BYTES = 2 << 20;

    private final List<Asked> asked;
    private int sent;
    private int read;
    private int readable;

    KeyQuestions(RedisLink link, List<Asked> asked) {
        super(link);
        this.asked = asked;
    }

    @Override
    @Nullable
    Commands first() {
        return pipeline();
    }

    @Override
    @Nullable
    Commands next(Replies.Cursor reply) {
        readable = sent;
        return pipeline();
    }

    private @Nullable Commands pipeline() {
        Commands pipeline = new Commands();
        for (long bytes = 0; sent < asked.size() && pipeline.count() < LONGEST_PIPELINE; sent++) {
            Question question = asked.get(sent).question();
            bytes += question.replyBytes();
            if (bytes > MAX_PIPELINE_BYTES && pipeline.count() > 0) {
                break;
            }
            pipeline.begin(question.before().size() + 1 + question.behind().size());
            question.before().forEach(pipeline::arg);
            pipeline.arg(Text.encode(asked.get(sent).key()));
            question.behind().forEach(pipeline::arg);
        }
        return pipeline.count() == 0 ? null : pipeline;
    }

    @Override
    boolean read(Replies.Cursor reply) {
        for (; read < readable; read++) {
            reply.next();
            asked.get(read).reader().accept(reply);
        }
        return true;
    }
}
