package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Documents: JSON.SET, JSON.DEL, UNLINK. */
final class JsonWriter extends TypeWriter {
    private final List<PathColumn> paths = new ArrayList<>();
    private final int document;

    /** @param members the names on the way to the value; empty where the path isn't a plain one */
    private record PathColumn(int at, String path, Optional<List<String>> members) {}

    JsonWriter(WriteQuery query, WriteColumns columns) {
        super(query, columns);
        this.document = columns.valueOf(Builtin.DOCUMENT);
        for (int at = columns.firstValue(); at < columns.width(); at++) {
            if (columns.column(at).source() instanceof ColumnSource.JsonPath path) {
                paths.add(new PathColumn(at, path.path(), JsonText.members(path.path())));
            }
        }
    }

    private String json(WriteRow row, int at) {
        Column column = columns.column(at);
        return JsonText.of(column, row.required(at))
                .orElseThrow(() -> columns.misfit(at, String.valueOf(row.cells()[at]), "can't be written as JSON"));
    }

    private List<String> members(PathColumn column) {
        return column.members()
                .orElseThrow(() -> WriteColumns.bad("column '"
                        + columns.column(column.at()).name() + "' of table '"
                        + query.table().name() + "' can't be inserted: its path " + column.path()
                        + " doesn't name one member; UPDATE it, or give _document"));
    }

    private String wholeDocument(WriteRow row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (PathColumn column : paths) {
            if (!row.isNull(column.at())) {
                if (!row.isNull(document)) {
                    throw WriteColumns.bad("_document and other columns of a document can't be given together");
                }
                put(tree, members(column), json(row, column.at()));
            }
        }
        return row.isNull(document) ? JsonText.of(tree) : json(row, document);
    }

    @SuppressWarnings("unchecked") // Only these two methods put anything into the tree.
    private static void put(Map<String, Object> tree, List<String> members, String json) {
        Map<String, Object> at = tree;
        for (String member : members.subList(0, members.size() - 1)) {
            Object next = at.computeIfAbsent(member, name -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map)) {
                throw WriteColumns.bad("two columns of the document say what " + member + " is");
            }
            at = (Map<String, Object>) next;
        }
        if (at.put(members.get(members.size() - 1), json) != null) {
            throw WriteColumns.bad("two columns of the document say what " + members.get(members.size() - 1) + " is");
        }
    }

    @Override
    Unit insert(WriteRow row) {
        String whole = wholeDocument(row);
        AtomicScript script = script(row, existing()).expire(row.ttl());
        if (mode() != OnConflict.MERGE) {
            return Unit.of(row, null, script.step("JSON.SET", "$", whole));
        }
        if (!row.isNull(document)) {
            return Unit.of(row, null, script.step("JSON.SET", "$", whole));
        }
        script.step("-JSON.SET", "$", whole);
        List<PathColumn> given =
                paths.stream().filter(column -> !row.isNull(column.at())).toList();
        makeParents(script, given, "+");
        given.forEach(column -> script.step("+JSON.SET", column.path(), json(row, column.at())));
        return Unit.of(row, null, script);
    }

    /** Checks that what is on the way to the values is an object, and makes it one where there is nothing. */
    private static void makeParents(AtomicScript script, List<PathColumn> columns, String when) {
        Set<String> parents = new LinkedHashSet<>();
        for (PathColumn column : columns) {
            List<String> members = column.members().orElse(List.of());
            for (int length = 1; length < members.size(); length++) {
                parents.add(JsonText.path(members.subList(0, length)));
            }
        }
        parents.forEach(parent -> script.step("?OBJECT", parent));
        parents.forEach(parent -> script.step(when + "JSON.SET", parent, "{}", "NX"));
    }

    @Override
    Unit update(WriteRow row) {
        AtomicScript script = script(row, changed());
        if (document >= 0) {
            script.step("JSON.SET", "$", json(row, document));
        }
        List<PathColumn> given =
                paths.stream().filter(column -> !row.isNull(column.at())).toList();
        makeParents(script, given, "");
        for (PathColumn column : paths) {
            if (row.isNull(column.at())) {
                script.step("JSON.DEL", column.path());
            } else {
                script.step("JSON.SET", column.path(), json(row, column.at()));
            }
        }
        return Unit.of(row, null, withAssignedTtl(script, row));
    }

    @Override
    Unit delete(WriteRow row) {
        return Unit.of(row, null, true, "UNLINK", row.key());
    }
}
