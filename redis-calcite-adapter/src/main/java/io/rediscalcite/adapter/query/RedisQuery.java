package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to ask of Redis: which keys of a table, which of their rows, which columns, how many rows.
 *
 * <p>One immutable value, from the planner's rules to the reader.
 *
 * @param rows what the rows inside a key must meet
 * @param order in which order each key's rows come, and whether a part of them is enough; rows of several keys come in none
 * @param columns positions in the table's columns, in output order; one may come twice
 * @param offset rows to leave out first, after all filters
 * @param fetch rows to give at most
 * @param unasked whether the keys that are named are taken for rows, and no server asked
 * @param aggregate what is computed of each key's rows, which are then no rows of this query; empty for the rows themselves
 * @param index the search index that names the keys; empty where they are named or scanned for
 */
public record RedisQuery(
        TableDefinition table,
        KeyFilter keys,
        RowFilter rows,
        Optional<RowOrder> order,
        List<Integer> columns,
        Optional<Operand> offset,
        Optional<Operand> fetch,
        Optional<IndexRead> index,
        Optional<KeyAggregate> aggregate,
        boolean unasked) {

    /** Most keys that a product of key-part values may name before scanning is cheaper to describe. */
    private static final int MAX_NAMED_KEYS = 100_000;

    public RedisQuery {
        columns = List.copyOf(columns);
    }

    /** Every row and column of a table. */
    public static RedisQuery all(TableDefinition table) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            columns.add(i);
        }
        return new RedisQuery(
                table,
                KeyFilter.ALL,
                RowFilter.ALL,
                Optional.empty(),
                columns,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** This with other keys; rows of several keys come in no order. */
    public RedisQuery withKeys(KeyFilter newKeys) {
        RedisQuery unordered = new RedisQuery(
                table, newKeys, rows, Optional.empty(), columns, offset, fetch, index, aggregate, unasked);
        Optional<RowOrder> kept = order.filter(o -> o.first().isPresent() || unordered.isOfOneKey());
        return new RedisQuery(table, newKeys, rows, kept, columns, offset, fetch, index, aggregate, unasked);
    }

    public RedisQuery withRows(RowFilter newRows) {
        return new RedisQuery(table, keys, newRows, order, columns, offset, fetch, index, aggregate, unasked);
    }

    public RedisQuery withOrder(RowOrder newOrder) {
        return new RedisQuery(
                table, keys, rows, Optional.of(newOrder), columns, offset, fetch, index, aggregate, unasked);
    }

    /** This with {@code positions} of its output alone, in that order. */
    public RedisQuery project(List<Integer> positions) {
        return new RedisQuery(
                table,
                keys,
                rows,
                order,
                positions.stream().map(columns::get).toList(),
                offset,
                fetch,
                index,
                aggregate,
                unasked);
    }

    public RedisQuery limit(Optional<Operand> newOffset, Optional<Operand> newFetch) {
        return new RedisQuery(table, keys, rows, order, columns, newOffset, newFetch, index, aggregate, unasked);
    }

    /** This with what is computed of each key's rows; its columns must belong to the key. */
    public RedisQuery withAggregate(KeyAggregate newAggregate) {
        return new RedisQuery(
                table, keys, rows, order, columns, offset, fetch, index, Optional.of(newAggregate), unasked);
    }

    /** This with keys that a search index names. */
    public RedisQuery withIndex(IndexRead newIndex) {
        return new RedisQuery(
                table, keys, rows, order, columns, offset, fetch, Optional.of(newIndex), aggregate, unasked);
    }

    /** This with keys that are scanned for, unless they are named. */
    public RedisQuery withoutIndex() {
        return new RedisQuery(table, keys, rows, order, columns, offset, fetch, Optional.empty(), aggregate, unasked);
    }

    /** This with its named keys taken for rows; only where {@link #namesItsRows}. */
    public RedisQuery withoutAsking() {
        return new RedisQuery(table, keys, rows, order, columns, offset, fetch, index, aggregate, true);
    }

    /** True if the query itself says all that its rows have: one a key, of nothing but the key's name and parts. */
    public boolean namesItsRows() {
        boolean keysAlone =
                outputColumns().stream().allMatch(column -> column.source().isOfName());
        return keysAlone
                && namedKeyCount().isPresent()
                && index.isEmpty()
                && !isLimited()
                && !isOfCollections()
                && table.type() != TableType.KEY
                && keys.places().isAll()
                && rows.isAll();
    }

    /** True if the keys come from SCAN, which tells that they are there and of the table's type. */
    public boolean isScanned() {
        return index.isEmpty() && namedKeyCount().isEmpty();
    }

    /** True if rows are left out, stopped at or aggregated: then a filter above can't go below any more. */
    public boolean isLimited() {
        return offset.isPresent()
                || fetch.isPresent()
                || order.flatMap(RowOrder::first).isPresent()
                || aggregate.isPresent();
    }

    /** True if all rows come from one key, so that its order is theirs. */
    public boolean isOfOneKey() {
        return namedKeyCount().filter(count -> count == 1).isPresent()
                && operands().noneMatch(Operand.Lookup.class::isInstance);
    }

    /** True if no two keys have the same values of these columns, which are positions in the table. */
    public boolean identifiesKey(List<Integer> positions) {
        List<ColumnSource> sources = positions.stream()
                .map(position -> table.columns().get(position).source())
                .toList();
        boolean wildcard = table.key().segments().stream().anyMatch(KeyPattern.Wildcard.class::isInstance);
        boolean allParts =
                table.key().parts().stream().allMatch(part -> sources.contains(new ColumnSource.KeyPart(part)));
        return sources.contains(new ColumnSource.Key()) || (allParts && !wildcard);
    }

    /** True if commands give these measures of exactly the rows that are wanted. */
    public boolean canAggregate(List<KeyAggregate.Measure> measures, boolean inBuckets) {
        return NativeAggregates.canGive(this, measures, inBuckets);
    }

    /** True if a key has any number of rows. */
    public boolean isOfCollections() {
        return table.primaryKey().size() > 1;
    }

    /** The position in the output of the column that all rows are ordered by; empty if they come in no order. */
    public Optional<Integer> orderedBy() {
        return order.filter(o -> isOfOneKey())
                .filter(o -> o.column() != ColumnSource.Builtin.ENTRY_ID)
                .map(o -> outputColumns().stream().map(Column::source).toList().indexOf(o.column()))
                .filter(position -> position >= 0);
    }

    /** The columns in whose order the rows of a key can come. */
    public List<ColumnSource> orders() {
        return KeyRead.orders(fetchPlan().read());
    }

    /** All that keys and rows are compared with, also by an index. */
    public Stream<Operand> operands() {
        Stream<Operand> named = index.stream().flatMap(IndexRead::operands);
        return Stream.of(keys.operands(), rows.operands(), named).flatMap(all -> all);
    }

    /** The column at each output position. */
    public List<Column> outputColumns() {
        return columns.stream().map(table.columns()::get).toList();
    }

    /** How many values a row has. */
    public int width() {
        return columns.size() + aggregate.map(KeyAggregate::width).orElse(0);
    }

    /**
     * How many keys the query names; empty where it doesn't, so that the keys must be scanned for: neither {@code _key} nor
     * every key part has values, or they multiply to too many.
     */
    public Optional<Integer> namedKeyCount() {
        if (table.key().isSingleKey()) {
            return Optional.of(1);
        }
        if (keys.key().isPresent()) {
            return Optional.of(keys.key().get().size());
        }
        boolean hasWildcard = table.key().segments().stream().anyMatch(KeyPattern.Wildcard.class::isInstance);
        if (hasWildcard || !keys.parts().keySet().containsAll(table.key().parts())) {
            return Optional.empty();
        }
        long product = 1;
        for (List<Operand> values : keys.parts().values()) {
            product *= values.size();
            if (product > MAX_NAMED_KEYS) {
                return Optional.empty();
            }
        }
        return Optional.of((int) product);
    }

    /** What each key costs. */
    public FetchPlan fetchPlan() {
        return FetchPlan.of(this);
    }

    /** The Redis type that all wanted keys have; empty if they may have any. */
    public Optional<String> redisType() {
        return table.type().redisType().or(keys::type);
    }

    /** The commands that this query sends, as EXPLAIN shows them. */
    public List<String> commands() {
        List<String> commands = new ArrayList<>();
        index.ifPresent(read -> commands.add(read.toString()));
        if (isScanned()) {
            commands.add("SCAN MATCH " + describeGlob()
                    + redisType().map(type -> " TYPE " + type).orElse(""));
        }
        String key = namedKeyCount().isPresent() ? describeNamedKeys() : "key";
        commands.addAll(unasked ? List.of(key) : CommandText.of(this, fetchPlan(), key));
        return commands;
    }

    private String describeGlob() {
        Map<String, String> known = new HashMap<>();
        keys.parts().forEach((part, values) -> {
            if (values.size() == 1) {
                known.put(part, "\u0001" + part + "\u0001");
            }
        });
        String glob = table.key().glob(known);
        for (Map.Entry<String, List<Operand>> part : keys.parts().entrySet()) {
            String text = part.getValue().get(0) instanceof Operand.Literal literal
                    ? KeyPattern.escapeGlob(literal.value().toString())
                    : part.getValue().get(0).toString();
            glob = glob.replace("\u0001" + part.getKey() + "\u0001", text);
        }
        for (Operand prefix : keys.prefixes()) {
            if (known.isEmpty() && prefix instanceof Operand.Literal literal) {
                glob = KeyPattern.escapeGlob(literal.value().toString()) + "*";
            }
        }
        return glob;
    }

    private String describeNamedKeys() {
        int count = namedKeyCount().orElseThrow();
        if (count > 3) {
            return "(" + count + " keys)";
        }
        if (table.key().isSingleKey()) {
            return table.key().toString();
        }
        if (keys.key().isPresent()) {
            return keys.key().get().stream().map(CommandText::plain).collect(Collectors.joining(", "));
        }
        List<String> names = List.of("");
        for (KeyPattern.Segment segment : table.key().segments()) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                if (segment instanceof KeyPattern.Literal literal) {
                    longer.add(name + literal.text());
                } else if (segment instanceof KeyPattern.Part part) {
                    for (Operand value : keys.parts().getOrDefault(part.name(), List.of())) {
                        longer.add(name + CommandText.plain(value));
                    }
                }
            }
            names = longer;
        }
        return String.join(", ", names);
    }

    /** What EXPLAIN prints and what tests expect. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.join("; ", commands()));
        CommandText.places(keys.places()).forEach(place -> text.append("; ").append(place));
        text.append(fetchPlan().read() instanceof KeyRead.PageCounts ? "; COUNT PER PAGE" : "");
        offset.ifPresent(skipped -> text.append("; OFFSET ").append(skipped));
        fetch.ifPresent(wanted -> text.append("; LIMIT ").append(wanted));
        order.flatMap(RowOrder::first).ifPresent(first -> {
            text.append("; LIMIT ").append(first.fetch());
            first.offset().ifPresent(skipped -> text.append(" + ").append(skipped));
            text.append(first.withTies() ? " WITH TIES" : "").append(isOfOneKey() ? "" : " PER KEY");
        });
        return text.toString();
    }
}
