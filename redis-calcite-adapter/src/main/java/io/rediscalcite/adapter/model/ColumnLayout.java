package io.rediscalcite.adapter.model;

import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All columns of a table, in the order of {@code SELECT *}: the key, its parts, what the type gives by itself, the fields,
 * the expiry, and what the model asked for beyond.
 *
 * <p>No two names are equal in any case. What the type gives keeps its name; then come the fields, of which a later one of
 * a taken name gets {@code _2} behind; then the key parts, which get {@code key_} in front.
 */
final class ColumnLayout {
    private static final ColumnType TIMESTAMP = ColumnType.of(Kind.TIMESTAMP);
    private static final Column KEY = new Column(Column.KEY, ColumnType.VARCHAR, false, new ColumnSource.Key());
    private static final Column TTL = new Column(Column.TTL, ColumnType.BIGINT, true, Builtin.TTL);

    private final Set<String> taken = new HashSet<>();

    private ColumnLayout() {}

    static List<Column> of(DeclaredTable table, List<Column> inferred) {
        return new ColumnLayout().layOut(table, inferred);
    }

    private List<Column> layOut(DeclaredTable table, List<Column> inferred) {
        List<Column> builtins = builtins(table.type(), valueType(table, inferred));
        List<Column> system =
                table.systemColumns().stream().map(SystemColumn::column).toList();
        take(KEY);
        take(TTL);
        builtins.forEach(this::take);
        system.forEach(this::take);
        List<Column> fields = declaredFields(table, inferred);
        if (table.inferColumns()) {
            addInferred(fields, inferred);
        }
        List<Column> parts = new ArrayList<>();
        for (String part : table.key().parts()) {
            parts.add(part(part, table, inferred));
        }

        List<Column> columns = new ArrayList<>();
        columns.add(KEY);
        columns.addAll(parts);
        columns.addAll(builtins);
        columns.addAll(fields);
        columns.add(TTL);
        columns.addAll(system);
        return columns;
    }

    private void take(Column column) {
        taken.add(fold(column.name()));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The columns that the type of the keys gives, in front of any field. */
    static List<Column> builtins(TableType type, ColumnType valueType) {
        return switch (type) {
            case HASH, JSON, KEY -> List.of();
            case STRING -> List.of(new Column("value", valueType, !holdsAnyText(valueType), Builtin.VALUE));
            case SET -> List.of(always("member", ColumnType.VARCHAR, Builtin.MEMBER));
            case LIST ->
                List.of(
                        always("position", ColumnType.BIGINT, Builtin.POSITION),
                        always("element", ColumnType.VARCHAR, Builtin.ELEMENT));
            case ZSET ->
                List.of(
                        always("member", ColumnType.VARCHAR, Builtin.MEMBER),
                        always("score", ColumnType.DOUBLE, Builtin.SCORE),
                        always("rank", ColumnType.BIGINT, Builtin.RANK));
            // An id's numbers have 64 bits without a sign: neither a TIMESTAMP nor a BIGINT holds them all.
            case STREAM ->
                List.of(
                        always("_id", ColumnType.VARCHAR, Builtin.ENTRY_ID),
                        new Column("_ts", TIMESTAMP, true, Builtin.TIMESTAMP),
                        new Column("_seq", ColumnType.BIGINT, true, Builtin.SEQUENCE));
            case TIMESERIES ->
                List.of(always("_ts", TIMESTAMP, Builtin.TIMESTAMP), always("value", ColumnType.DOUBLE, Builtin.VALUE));
        };
    }

    private static Column always(String name, ColumnType type, ColumnSource source) {
        return new Column(name, type, false, source);
    }

    /** Whether every text is a value of the type, so that none is ever bad. */
    private static boolean holdsAnyText(ColumnType type) {
        return type.kind() == Kind.VARCHAR || type.kind() == Kind.VARBINARY || type.kind() == Kind.JSON;
    }

    private static ColumnType valueType(DeclaredTable table, List<Column> inferred) {
        ColumnType declared = table.valueType();
        if (declared != null) {
            return declared;
        }
        return inferred.stream()
                .filter(column -> column.source() == Builtin.VALUE)
                .map(Column::type)
                .findFirst()
                .orElse(ColumnType.VARCHAR);
    }

    /** Adds what was inferred and is in none of the columns yet, under whichever name. */
    private void addInferred(List<Column> fields, List<Column> inferred) {
        Set<ColumnSource> declared = fields.stream().map(Column::source).collect(Collectors.toSet());
        for (Column column : inferred) {
            ColumnSource source = column.source();
            boolean isField = source instanceof ColumnSource.Field
                    || source instanceof ColumnSource.JsonPath
                    || source instanceof ColumnSource.Label;
            if (isField && !declared.contains(source)) {
                fields.add(named(column, freeName(column.name())));
            }
        }
    }

    private List<Column> declaredFields(DeclaredTable table, List<Column> inferred) {
        List<Column> fields = new ArrayList<>();
        for (DeclaredColumn column : table.declaredColumns()) {
            if (!isKeyPart(column, table.key())) {
                ColumnSource source = source(column, table.type());
                Column field = new Column(
                        freeName(column.name()), type(table, column, source, inferred), true, source, column.format());
                fields.add(field);
            }
        }
        return fields;
    }

    /** Whether a declared column gives a key part its type, rather than being a field. */
    static boolean isKeyPart(DeclaredColumn column, KeyPattern key) {
        return column.field() == null
                && column.path() == null
                && key.parts().stream().anyMatch(column.name()::equalsIgnoreCase);
    }

    private static ColumnType type(
            DeclaredTable table, DeclaredColumn column, ColumnSource source, List<Column> inferred) {
        ColumnType type = column.type();
        if (type != null) {
            return type;
        }
        return inferred.stream()
                .filter(candidate -> table.inferColumns() && candidate.source().equals(source))
                .map(Column::type)
                .findFirst()
                .orElse(ColumnType.VARCHAR);
    }

    private static ColumnSource source(DeclaredColumn column, TableType type) {
        String field = column.field() == null ? column.name() : column.field();
        return switch (type) {
            case JSON ->
                column.path() == null
                        ? ColumnSource.JsonPath.ofMember(column.name())
                        : new ColumnSource.JsonPath(column.path());
            case TIMESERIES -> new ColumnSource.Label(field);
            default -> new ColumnSource.Field(field);
        };
    }

    private Column part(String part, DeclaredTable table, List<Column> inferred) {
        ColumnType type = ColumnType.VARCHAR;
        @Nullable String format = null;
        Optional<DeclaredColumn> typed = table.declaredColumns().stream()
                .filter(column -> column.field() == null && column.path() == null)
                .filter(column -> column.name().equalsIgnoreCase(part))
                .findFirst();
        Optional<Column> found = inferred.stream()
                .filter(column -> column.source().equals(new ColumnSource.KeyPart(part)))
                .findFirst();
        ColumnType declaredType = typed.map(DeclaredColumn::type).orElse(null);
        if (declaredType != null) {
            type = declaredType;
            format = typed.get().format();
        } else if (found.isPresent() && (typed.isEmpty() || table.inferColumns())) {
            type = found.get().type();
            format = found.get().format();
        }
        String name = part;
        while (!taken.add(fold(name))) {
            name = "key_" + name;
        }
        Generated generated = typed.map(DeclaredColumn::generated).orElse(null);
        return new Column(name, type, !holdsAnyText(type), new ColumnSource.KeyPart(part), format, generated);
    }

    private String freeName(String name) {
        String free = name;
        for (int i = 2; !taken.add(fold(free)); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static Column named(Column column, String name) {
        return new Column(name, column.type(), column.nullable(), column.source(), column.format());
    }
}
