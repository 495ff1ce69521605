package io.rediscalcite.jdbc;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.tools.RelRunner;
import org.jspecify.annotations.Nullable;

/**
 * What the planner may know while it plans one statement.
 *
 * @param execution answers for CURRENT_TIMESTAMP and the like, should the planner evaluate them, and for cancel and timeout
 * @param maxRows rows of a query that will be read at most; 0 for all
 */
record PlanningContext(
        CalciteConnectionConfig config,
        CalciteSchema rootSchema,
        String defaultSchema,
        Execution execution,
        long maxRows)
        implements CalcitePrepare.Context {
    @Override
    public JavaTypeFactory getTypeFactory() {
        return execution.getTypeFactory();
    }

    @Override
    public CalciteSchema getRootSchema() {
        return rootSchema;
    }

    @Override
    public CalciteSchema getMutableRootSchema() {
        return rootSchema;
    }

    @Override
    public List<String> getDefaultSchemaPath() {
        return List.of(defaultSchema);
    }

    @Override
    public CalcitePrepare.SparkHandler spark() {
        return CalcitePrepare.Dummy.getSparkHandler(false);
    }

    @Override
    public DataContext getDataContext() {
        return execution;
    }

    @Override
    public @Nullable List<String> getObjectPath() {
        return null;
    }

    @Override
    public RelRunner getRelRunner() {
        throw new UnsupportedOperationException("a RelNode can't be run through this driver");
    }
}
