package io.rediscalcite.jdbc;

import java.math.BigDecimal;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** {@link java.sql.Statement#setLargeMaxRows} as a limit of the plan, so that no more is read than will be shown. */
final class MaxRows {
    private MaxRows() {}

    /** {@code root} with at most {@code maxRows} rows; 0 for all. */
    static RelRoot limit(RelRoot root, long maxRows) {
        return maxRows == 0 ? root : root.withRel(limit(root.rel, maxRows));
    }

    private static RelNode limit(RelNode rel, long maxRows) {
        RexNode fetch = rel.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.valueOf(maxRows));
        if (!(rel instanceof Sort sort)) {
            return LogicalSort.create(rel, rel.getTraitSet().getCollation(), null, fetch);
        }
        return isLess(sort.fetch, maxRows)
                ? sort
                : sort.copy(sort.getTraitSet(), sort.getInput(), sort.getCollation(), sort.offset, fetch);
    }

    /** Whether a limit of the statement's own is less. One that is only known when it runs is left as it is, too. */
    private static boolean isLess(@Nullable RexNode fetch, long maxRows) {
        if (fetch == null) {
            return false;
        }
        BigDecimal own = fetch instanceof RexLiteral ? RexLiteral.bigDecimalValue(fetch) : null;
        return own == null || own.compareTo(BigDecimal.valueOf(maxRows)) <= 0;
    }
}
