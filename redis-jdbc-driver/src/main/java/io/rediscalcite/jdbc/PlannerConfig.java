package io.rediscalcite.jdbc;

import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformance;

/** Calcite's connection properties with PostgreSQL's habits as defaults; what the user says wins. */
final class PlannerConfig extends CalciteConnectionConfigImpl {
    private PlannerConfig(Properties properties) {
        super(properties);
    }

    /** The properties that Calcite reads: the defaults, overridden by {@code given}. */
    static Properties withDefaults(Map<String, String> given) {
        Properties properties = new Properties();
        properties.putAll(given);
        PlannerConfig user = new PlannerConfig(properties);
        Properties all = new Properties();
        // A lex sets the casing itself.
        if (!user.isSet(CalciteConnectionProperty.LEX)) {
            put(all, CalciteConnectionProperty.QUOTING, Quoting.DOUBLE_QUOTE.name());
            put(all, CalciteConnectionProperty.UNQUOTED_CASING, Casing.UNCHANGED.name());
            put(all, CalciteConnectionProperty.QUOTED_CASING, Casing.UNCHANGED.name());
            put(all, CalciteConnectionProperty.CASE_SENSITIVE, "false");
        }
        put(all, CalciteConnectionProperty.FUN, "standard,postgresql");
        put(all, CalciteConnectionProperty.DEFAULT_NULL_COLLATION, NullCollation.HIGH.name());
        // Redis has no materialized views, and looking for them opens a connection of Calcite's own.
        put(all, CalciteConnectionProperty.MATERIALIZATIONS_ENABLED, "false");
        all.putAll(given);
        return all;
    }

    private static void put(Properties properties, CalciteConnectionProperty property, String value) {
        properties.setProperty(property.camelName(), value);
    }

    static PlannerConfig of(Properties properties) {
        return new PlannerConfig(properties);
    }

    @Override
    public SqlConformance conformance() {
        return isSet(CalciteConnectionProperty.CONFORMANCE) ? super.conformance() : RedisConformance.INSTANCE;
    }

    @Override
    public <T> T fun(Class<T> operatorTableClass, T defaultOperatorTable) {
        T functions = super.fun(operatorTableClass, defaultOperatorTable);
        return functions instanceof SqlOperatorTable table
                ? operatorTableClass.cast(SqlOperatorTables.chain(
                        SqlOperatorTables.of(RefreshOperator.INSTANCE), PostgresOperators.over(table)))
                : functions;
    }
}
