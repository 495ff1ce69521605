package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.search.ConditionTranslator;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.IndexDefinition.Attribute;
import io.rediscalcite.adapter.search.IndexState;
import io.rediscalcite.adapter.search.Pushed;
import io.rediscalcite.adapter.search.SearchOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One search for the names of keys.
 *
 * <p>All names come in one reply: a document that is written while a cursor is read would be missed by it, though it fulfils the
 * condition before and after. FT.SEARCH gives the first 10,000, which no server refuses unless told to; FT.AGGREGATE gives
 * more, but takes a hash's field {@code __key} for its name, so that it is asked whether these are the names of what it found.
 */
final class IndexSearch {
    /** Redis Stack's own limit of what FT.SEARCH gives. */
    private static final int SEARCHED = 10_000;

    /** Names held in memory at most. */
    private static final int MAX_KEYS = 1_000_000;

    private static final double EXACT_DOUBLES = 1L << 53;

    private final IndexCall call;
    private final IndexDefinition index;
    private final ConditionTranslator translator;
    private final Pushed.Query query;
    private final KeySelector selector;
    private SeenKeys seen = new SeenKeys();
    private final List<TableKey> keys = new ArrayList<>();
    private @Nullable IndexState state;

    /** @param selector knows which keys may be rows */
    IndexSearch(
            IndexCall call,
            IndexDefinition index,
            ConditionTranslator translator,
            Pushed.Query query,
            KeySelector selector) {
        this.call = call;
        this.index = index;
        this.translator = translator;
        this.query = query;
        this.selector = selector;
    }

    /** The index's state when it answered last. */
    Optional<IndexState> state() {
        return Optional.ofNullable(state);
    }

    /**
     * The keys of all documents that the query finds.
     *
     * @param fewAlone whether to refuse what finds more than half of many documents: a scan of all of them takes no longer
     */
    List<TableKey> all(boolean fewAlone) {
        IndexCall.Answer answer = ask(commands -> writeSearch(commands, query.text(), SEARCHED, null, false));
        answer.state().lacking(translator.isNegative()).ifPresent(IndexSearch::refuse);
        checkPrefixes(answer);
        if (!answer.stepIsOverLimit()) {
            long total = readSearch(answer, SEARCHED, false);
            if (total <= SEARCHED) {
                return keys;
            }
            if (fewAlone && total > answer.state().info().documents() / 2) {
                refuse("it finds " + total + " documents, so that a scan takes no longer");
            }
        }
        keys.clear();
        seen = new SeenKeys();
        aggregate();
        return keys;
    }

    /**
     * The keys of the first documents by a number, or of any.
     *
     * <p>Where those without a number don't come as SQL wants it, they are asked for by themselves, and which of both come first is
     * decided on this side.
     */
    List<TableKey> first(IndexRead.Top top, long wanted) {
        if (!query.exact() || wanted > SEARCHED) {
            refuse("it can't tell the first rows of that condition");
        }
        Attribute by = top.column()
                .flatMap(column -> SearchOrder.attribute(index, column))
                .orElse(null);
        boolean nullsToo = SearchOrder.isSplit(index, top);
        IndexCall.Answer answer = ask(commands -> {
            writeSearch(commands, SearchOrder.inOrder(index, top, query), wanted, by, top.descending());
            if (nullsToo) {
                writeSearch(commands, SearchOrder.withoutValue(index, top, query), wanted, null, false);
            }
        });
        answer.state().inexact().ifPresent(IndexSearch::refuse);
        checkPrefixes(answer);
        answer.next("FT.SEARCH");
        readSearch(answer, wanted, by != null);
        if (nullsToo) {
            answer.next("FT.SEARCH");
            readSearch(answer, wanted, false);
        }
        return keys;
    }

    private static void refuse(String reason) {
        throw new IndexUnfitException(reason);
    }

    private IndexCall.Answer ask(Consumer<Commands> question) {
        IndexCall.Answer answer = call.ask(index, commands -> {
            if (asksPrefixes()) {
                commands.add("FT.CONFIG", "GET", "MAXPREFIXEXPANSIONS");
                commands.add("FT.CONFIG", "GET", "MINPREFIX");
            }
            question.accept(commands);
        });
        state = answer.state();
        return answer;
    }

    private boolean asksPrefixes() {
        return translator.shortestPrefix() < Integer.MAX_VALUE;
    }

    /** Of the tags with a beginning the server looks at so many only, and doesn't tell when there are more. */
    private void checkPrefixes(IndexCall.Answer answer) {
        if (asksPrefixes()) {
            boolean all = setting(answer) >= answer.state().info().terms();
            boolean longEnough = setting(answer) <= translator.shortestPrefix();
            if (!all || !longEnough) {
                refuse(
                        "the server doesn't look at all tags with that beginning, by its MAXPREFIXEXPANSIONS or MINPREFIX");
            }
        }
    }

    /** Reads {@code [[MAXPREFIXEXPANSIONS, 200]]}. */
    private static long setting(IndexCall.Answer answer) {
        Replies.Cursor reply = answer.next("FT.CONFIG");
        String value = "";
        for (int settings = reply.arrayLength(); settings > 0; settings--) {
            reply.next();
            for (int words = reply.arrayLength(); words > 0; words--) {
                reply.next();
                value = reply.text();
            }
        }
        return value.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(value);
    }

    private void writeSearch(Commands commands, String text, long limit, @Nullable Attribute by, boolean descending) {
        commands.begin(10 + (by == null ? 0 : 4) + parameterWords())
                .arg("FT.SEARCH")
                .arg(index.name())
                .arg(text)
                .arg("VERBATIM")
                .arg("NOCONTENT");
        if (by != null) {
            commands.arg("WITHSORTKEYS").arg("SORTBY").arg(by.name()).arg(descending ? "DESC" : "ASC");
        }
        commands.arg("LIMIT").arg(0).arg(limit).arg("TIMEOUT").arg(0);
        writeParameters(commands);
    }

    private int parameterWords() {
        int parameters = translator.parameters().size();
        return 2 + (parameters == 0 ? 0 : 2 + 2 * parameters);
    }

    private void writeParameters(Commands commands) {
        List<byte[]> parameters = translator.parameters();
        if (!parameters.isEmpty()) {
            commands.arg("PARAMS").arg(2L * parameters.size());
            for (int i = 0; i < parameters.size(); i++) {
                commands.arg("p" + i).arg(parameters.get(i));
            }
        }
        commands.arg("DIALECT").arg(2);
    }

    /**
     * Reads {@code [total, name, name, …]}, with the value sorted by behind each name where there is one.
     *
     * @return the total
     */
    private long readSearch(IndexCall.Answer answer, long wanted, boolean sorted) {
        Replies.Cursor reply = answer.current("FT.SEARCH");
        int found = (reply.arrayLength() - 1) / (sorted ? 2 : 1);
        reply.next();
        long total = reply.longValue();
        String last = "";
        for (int i = 0; i < found; i++) {
            reply.next();
            add(reply.bytes());
            if (sorted) {
                reply.next();
                last = reply.isNull() ? "" : reply.text();
            }
        }
        if (found < Math.min(total, wanted)) {
            refuse("it found " + total + " documents and named " + found);
        }
        // Which of several numbers that are the same double comes first, only their own digits tell.
        boolean cut = found == wanted && last.startsWith("#");
        if (cut && Math.abs(Double.parseDouble(last.substring(1))) >= EXACT_DOUBLES) {
            refuse("it can't tell numbers of that size apart");
        }
        return total;
    }

    private void add(byte[] name) {
        if (selector.accepts(name) && seen.add(name)) {
            keys.add(selector.key(name));
        }
    }

    private void aggregate() {
        IndexCall.Answer answer = ask(commands -> {
            commands.begin(12 + parameterWords())
                    .arg("FT.AGGREGATE")
                    .arg(index.name())
                    .arg(query.text())
                    .arg("VERBATIM")
                    .arg("LOAD")
                    .arg(1)
                    .arg("@__key")
                    .arg("WITHCURSOR")
                    .arg("COUNT")
                    .arg(MAX_KEYS)
                    .arg("TIMEOUT")
                    .arg(0);
            writeParameters(commands);
        });
        answer.state().lacking(translator.isNegative()).ifPresent(IndexSearch::refuse);
        checkPrefixes(answer);
        List<byte[]> names = new ArrayList<>();
        Replies.Cursor reply = answer.next("FT.AGGREGATE");
        reply.next();
        int rows = reply.arrayLength() - 1;
        reply.next();
        for (int i = 0; i < rows; i++) {
            reply.next();
            // A document that expired, and isn't removed yet, has no name.
            for (int words = reply.arrayLength(); words > 0; words -= 2) {
                reply.next();
                reply.next();
                names.add(reply.bytes());
            }
        }
        reply.next();
        String cursor = reply.text();
        if (!cursor.equals("0")) {
            call.send(new Commands().add("FT.CURSOR", "DEL", index.name(), cursor));
            refuse("it finds more than " + MAX_KEYS + " documents");
        }
        names.forEach(this::add);
        if (index.type() == TableType.HASH) {
            checkNames(names);
        }
    }

    /** A hash's field named __key gives another name than its own: then as many documents aren't found by these names. */
    private void checkNames(List<byte[]> names) {
        IndexCall.Answer answer = ask(commands -> {
            commands.begin(11 + names.size() + parameterWords())
                    .arg("FT.SEARCH")
                    .arg(index.name())
                    .arg(query.text())
                    .arg("VERBATIM")
                    .arg("INKEYS")
                    .arg(names.size());
            names.forEach(commands::arg);
            commands.arg("LIMIT").arg(0).arg(0).arg("TIMEOUT").arg(0);
            writeParameters(commands);
        });
        checkPrefixes(answer);
        answer.next("FT.SEARCH");
        if (readSearch(answer, 0, false) != names.size()) {
            refuse("some hashes have a field __key, which hides their names, or documents changed meanwhile");
        }
    }
}
