package io.rediscalcite.jdbc;

import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.jdbc.CalcitePrepare.CalciteSignature;

/**
 * An executable plan.
 *
 * @param variables what its generated code asks the run's context for, beside what Calcite itself stashed
 */
record Plan(CalciteSignature<Object> signature, Map<String, Object> variables) {
    Plan {
        Map<String, Object> all = new HashMap<>(signature.internalParameters);
        all.putAll(variables);
        variables = Map.copyOf(all);
    }

    /** Whether it writes: rows, or an index. */
    boolean isWrite() {
        return switch (signature.statementType) {
            case CREATE, DROP -> true;
            default -> signature.statementType.canUpdate();
        };
    }
}
