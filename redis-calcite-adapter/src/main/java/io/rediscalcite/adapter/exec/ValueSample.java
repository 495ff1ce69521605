package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.search.IndexInfo;
import io.rediscalcite.adapter.type.Text;
import java.util.HashMap;
import java.util.Map;

/**
 * About how many different values documents have, by the first of them: FT.AGGREGATE with LOAD and LIMIT.
 *
 * <p>Those that come once in the sample tell how many there may be that it hasn't got: the estimator of Haas and Stokes that PostgreSQL
 * uses too.
 */
final class ValueSample {
    private static final int DOCUMENTS = 1000;

    private ValueSample() {}

    /** @param identifier the field or path, as the index has it */
    static double distinct(IndexCall call, IndexInfo info, String identifier) {
        Commands commands = new Commands().begin(15);
        commands.arg("FT.AGGREGATE").arg(Text.encode(info.definition().name())).arg("*");
        commands.arg("LOAD").arg(3).arg(Text.encode(identifier)).arg("AS").arg("value");
        commands.arg("LIMIT").arg(0).arg(DOCUMENTS);
        commands.arg("TIMEOUT").arg(0).arg("DIALECT").arg(2);
        Replies.Cursor reply = call.send(commands);
        reply.next();
        Map<String, Integer> counts = new HashMap<>();
        int sampled = 0;
        for (int rows = reply.isError() ? 0 : reply.arrayLength() - 1; rows > 0; rows--) {
            if (sampled++ == 0) {
                reply.next();
            }
            reply.next();
            for (int words = reply.arrayLength(); words > 0; words -= 2) {
                reply.next();
                reply.next();
                counts.merge(Text.decode(reply.bytes()), 1, Integer::sum);
            }
        }
        return estimate(counts, (double) Math.max(sampled, info.documents()));
    }

    private static double estimate(Map<String, Integer> counts, double documents) {
        double sampled = counts.values().stream().mapToInt(Integer::intValue).sum();
        double once = counts.values().stream().filter(count -> count == 1).count();
        double distinct = counts.size();
        return sampled == 0 ? 1 : sampled * distinct / (sampled - once + once * sampled / documents);
    }
}
