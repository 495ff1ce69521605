package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.rel.RedisIndexAggregate;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/** The text of EXPLAIN PLAN FOR, without the character set and length that Calcite writes behind every text literal. */
final class Explanation extends Prepare.PreparedExplain {
    private static final Pattern PREFIX = Pattern.compile("_UTF-8'");
    private static final Pattern TYPE = Pattern.compile("(?:(?<='):VARCHAR(?:\\(\\d+\\))?)? CHARACTER SET \"UTF-8\"");

    Explanation(
            @Nullable RelDataType resultType,
            RelDataType parameterRowType,
            @Nullable RelRoot root,
            SqlExplainFormat format,
            SqlExplainLevel detailLevel) {
        super(resultType, parameterRowType, root == null ? null : root.withRel(shown(root.rel)), format, detailLevel);
    }

    /** The plan without what runs only where an index fails. */
    private static RelNode shown(RelNode node) {
        if (node instanceof RedisIndexAggregate aggregate) {
            return aggregate.shown();
        }
        List<RelNode> inputs = node.getInputs().stream().map(Explanation::shown).toList();
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    @Override
    public String getCode() {
        return TYPE.matcher(PREFIX.matcher(super.getCode()).replaceAll("'")).replaceAll("");
    }

    @Override
    @SuppressWarnings("rawtypes") // As the method it overrides.
    public Bindable getBindable(Meta.CursorFactory cursorFactory) {
        String text = getCode();
        return context -> cursorFactory.style == Meta.Style.ARRAY
                ? Linq4j.singletonEnumerable(new String[] {text})
                : Linq4j.singletonEnumerable(text);
    }
}
