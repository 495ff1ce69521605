package io.rediscalcite.adapter.model;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.model.JsonTable;
import org.jspecify.annotations.Nullable;

/** Reads the operands of a schema in a Calcite model. Every mistake is one error that says where it is and what was expected. */
public final class SchemaParser {
    private static final String URL = "url";
    private static final String TABLES = "tables";
    /** What Calcite adds to the operands by itself. */
    private static final String MODEL_URI = "modelUri";

    private static final List<String> ADDED_BY_CALCITE = List.of(MODEL_URI, "baseDirectory");
    private static final String LOCALHOST = "jdbc:redis-sql://";

    private SchemaParser() {}

    /** As {@link #parse(String, Map, ConnectionSpec)}, with the connection that the operands name. */
    public static DeclaredSchema parse(String schema, Map<String, Object> operands) {
        return parse(schema, operands, null);
    }

    /**
     * Reads the operands of {@code schema} as {@link org.apache.calcite.schema.SchemaFactory#create} gets them.
     *
     * <p>A schema that says nothing of {@code discover} finds tables by itself if it declares none.
     *
     * @param connection what a driver's URL and properties say, which then replaces the operand {@code url} and wins over the
     *     operands that are connection properties; null for none
     * @throws RedisSqlException with {@link SqlState#INVALID_STATEMENT} that names schema, path, and line where the model can
     *     be read
     */
    public static DeclaredSchema parse(
            String schema, Map<String, Object> operands, @Nullable ConnectionSpec connection) {
        try {
            return read(operands, connection);
        } catch (ModelMistake mistake) {
            String place = mistake.path().steps().isEmpty() ? "" : ", " + mistake.path();
            String line = operands.get(MODEL_URI) instanceof String uri
                    ? ModelFile.read(uri).describe(schema, mistake.path())
                    : "";
            throw new RedisSqlException(
                    SqlState.INVALID_STATEMENT,
                    "Schema '" + schema + "'" + place + line + ": " + mistake.getMessage(),
                    mistake);
        }
    }

    private static DeclaredSchema read(Map<String, Object> all, @Nullable ConnectionSpec override) {
        Map<String, Object> own = new LinkedHashMap<>(all);
        own.keySet().removeAll(ADDED_BY_CALCITE);
        if (areCalcites(own.get(TABLES))) {
            own.remove(TABLES);
        }
        Operands operands = new Operands(OperandPath.ROOT, own);
        operands.refuseUnknown(validNames());
        ConnectionSpec connection = connection(operands, override);
        List<DeclaredTable> tables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Operands table : operands.objects(TABLES)) {
            DeclaredTable declared = new TableParser(table, connection.keySeparator()).parse();
            if (!names.add(declared.name().toLowerCase(Locale.ROOT))) {
                throw new ModelMistake(
                        table.path().to("name"),
                        "there is a table '" + declared.name() + "' already: names differ in more than case");
            }
            tables.add(declared);
        }
        if (!connection.given().containsKey(ConnectionProperty.DISCOVER)) {
            connection = connection.with(ConnectionProperty.DISCOVER, Boolean.toString(tables.isEmpty()));
        }
        return new DeclaredSchema(connection, tables);
    }

    /** Whether these are the tables, mostly views, that the model declares beside the operands and Calcite cares for. */
    private static boolean areCalcites(@Nullable Object tables) {
        return tables instanceof Collection<?> elements && elements.stream().allMatch(JsonTable.class::isInstance);
    }

    private static List<String> validNames() {
        List<String> names = new ArrayList<>(List.of(URL, TABLES));
        for (ConnectionProperty property : ConnectionProperty.values()) {
            if (isOperand(property)) {
                names.add(property.propertyName());
            }
        }
        return names;
    }

    /** All but the two that the model itself says: its own place, and the schema's name. */
    private static boolean isOperand(ConnectionProperty property) {
        return property != ConnectionProperty.MODEL && property != ConnectionProperty.SCHEMA;
    }

    private static ConnectionSpec connection(Operands operands, @Nullable ConnectionSpec override) {
        Map<String, String> options = new LinkedHashMap<>();
        for (ConnectionProperty property : ConnectionProperty.values()) {
            String name = property.propertyName();
            if (isOperand(property) && operands.has(name)) {
                String value = operands.scalar(name);
                try {
                    options.put(name, property.normalize(value));
                } catch (IllegalArgumentException badValue) {
                    throw new ModelMistake(OperandPath.ROOT.to(name), badValue.getMessage(), badValue);
                }
            }
        }
        String url = operands.optional(URL);
        try {
            ConnectionSpec connection =
                    ConnectionSpec.parse(url == null || override != null ? LOCALHOST : url, options);
            return override == null ? connection : connection.overriddenBy(override);
        } catch (RedisSqlException malformed) {
            throw new ModelMistake(OperandPath.ROOT.to(URL), malformed.getMessage(), malformed);
        }
    }
}
