package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.model.JsonCustomSchema;
import org.apache.calcite.model.JsonMapSchema;
import org.apache.calcite.model.JsonView;
import org.apache.calcite.model.ModelHandler;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.impl.ViewTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model, whose views are written in the driver's SQL as its statements are, and are tables for metadata.
 *
 * <p>Calcite's own views are parsed and typed by its default dialect, whatever the connection wants: names in capitals, and averages
 * cut to integers.
 */
final class ModelViews extends ModelHandler {
    /** A view, and the schema that it stands in. */
    private record Found(String schema, JsonView view) {}

    // The constructor of the class above reads the model; what has an initializer here would lose what it found.
    private @Nullable List<Found> found;
    private @Nullable String schema;

    private ModelViews(CalciteSchema root, String model) throws IOException {
        super(root.plus(), model);
    }

    /**
     * Adds the schemas and views of a model.
     *
     * @return the name of its default schema, if it names one
     * @throws RedisSqlException for a view that is no SQL
     */
    static @Nullable String addTo(CalciteSchema root, String model, CalciteConnectionConfig config) throws IOException {
        ModelViews views = new ModelViews(root, model);
        if (views.found != null) {
            views.found.forEach(view -> add(root, view, config));
        }
        return views.defaultSchemaName();
    }

    @Override
    public void visit(JsonMapSchema jsonSchema) {
        schema = jsonSchema.name;
        super.visit(jsonSchema);
    }

    @Override
    public void visit(JsonCustomSchema jsonSchema) {
        schema = jsonSchema.name;
        super.visit(jsonSchema);
    }

    @Override
    public void visit(JsonView view) {
        if (found == null) {
            found = new ArrayList<>();
        }
        found.add(new Found(Objects.requireNonNull(schema), view));
    }

    private static void add(CalciteSchema root, Found found, CalciteConnectionConfig config) {
        JsonView view = found.view();
        String name = found.schema() + "." + view.name;
        parse(name, view.getSql(), config);
        List<String> path = view.path == null ? List.of(found.schema()) : view.path;
        ViewTable table = new ViewTable(
                Object[].class,
                types -> rowType(name, view.getSql(), new CalciteCatalogReader(root, path, types, config), config),
                view.getSql(),
                path,
                List.of(found.schema(), view.name));
        Objects.requireNonNull(root.getSubSchema(found.schema(), true)).add(view.name, table);
    }

    private static RelDataType rowType(
            String view, String sql, CalciteCatalogReader catalog, CalciteConnectionConfig config) {
        SqlNode query = parse(view, sql, config);
        PostgresValidator validator = PostgresValidator.of(
                catalog, (JavaTypeFactory) catalog.getTypeFactory(), config, UnaryOperator.identity());
        try {
            return validator.getValidatedNodeType(validator.validate(query));
        } catch (CalciteContextException invalid) {
            throw mistake(view, invalid);
        } catch (StackOverflowError endless) {
            throw new RedisSqlException(
                    SqlState.INVALID_STATEMENT,
                    "the view " + view + " reads itself, or others that read it; or its SQL is nested too deeply",
                    endless);
        }
    }

    private static SqlNode parse(String view, String sql, CalciteConnectionConfig config) {
        try {
            return RedisParser.of(sql, config).parseQuery();
        } catch (SqlParseException noSql) {
            throw mistake(view, noSql);
        }
    }

    private static RedisSqlException mistake(String view, Exception cause) {
        SQLException said = SqlErrors.of(cause);
        SqlState state = SqlState.NO_SUCH_TABLE.code().equals(said.getSQLState())
                ? SqlState.NO_SUCH_TABLE
                : SqlState.INVALID_STATEMENT;
        return new RedisSqlException(state, "in the SQL of the view " + view + ": " + said.getMessage(), cause);
    }
}
