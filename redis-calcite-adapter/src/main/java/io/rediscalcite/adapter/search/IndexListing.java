package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All indexes of a server: FT._LIST, and FT.INFO of each. */
public final class IndexListing {
    private static final Logger LOG = LoggerFactory.getLogger(IndexListing.class);

    /** Indexes that are looked at. */
    private static final int MAX_INDEXES = 500;

    private IndexListing() {}

    /**
     * What each says of itself; none where the server has no search, or the user no permission for it.
     *
     * @param server sends commands, and gives a cursor before their replies
     */
    public static List<IndexInfo> read(Function<Commands, Replies.Cursor> server) {
        Replies.Cursor listed = server.apply(new Commands().add("FT._LIST"));
        listed.next();
        if (listed.isError()) {
            LOG.debug("no search indexes are looked at: {}", listed.text());
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (int left = listed.arrayLength(); left > 0; left--) {
            listed.next();
            if (names.size() < MAX_INDEXES) {
                names.add(Text.decode(listed.bytes()));
            } else {
                LOG.debug("more than {} search indexes: {} is not looked at", MAX_INDEXES, listed.text());
            }
        }
        return names.isEmpty() ? List.of() : describe(names, server);
    }

    private static List<IndexInfo> describe(List<String> names, Function<Commands, Replies.Cursor> server) {
        Commands commands = new Commands();
        names.forEach(name -> commands.begin(2).arg("FT.INFO").arg(Text.encode(name)));
        Replies.Cursor replies = server.apply(commands);
        List<IndexInfo> indexes = new ArrayList<>();
        for (String name : names) {
            replies.next();
            if (replies.isError()) {
                LOG.debug("the search index {} is not looked at: {}", name, replies.text());
            }
            IndexInfo.read(replies).ifPresent(indexes::add);
        }
        return indexes;
    }
}
