package io.rediscalcite.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.jdbc.CalcitePrepare.CalciteSignature;

/**
 * An executable plan. Several runs may share it at once.
 *
 * @param variables what its generated code asks the run's context for, beside what Calcite itself stashed
 * @param tables what it reads and writes, a table as often as the statement names it
 * @param reusable whether the same text may be run by it again
 */
record Plan(
        CalciteSignature<Object> signature, Map<String, Object> variables, List<TableUse> tables, boolean reusable) {
    Plan {
        Map<String, Object> all = new HashMap<>(signature.internalParameters);
        all.putAll(variables);
        variables = Map.copyOf(all);
        tables = List.copyOf(tables);
    }

    /** Whether other plans are better once it has run. */
    boolean changesIndexes() {
        return signature.statementType == Meta.StatementType.CREATE
                || signature.statementType == Meta.StatementType.DROP;
    }

    /** Whether it writes: rows, or an index. */
    boolean isWrite() {
        return switch (signature.statementType) {
            case CREATE, DROP -> true;
            default -> signature.statementType.canUpdate();
        };
    }
}
