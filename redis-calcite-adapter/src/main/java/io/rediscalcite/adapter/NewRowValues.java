package io.rediscalcite.adapter;

import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.ColumnStrategy;
import org.apache.calcite.sql2rel.InitializerContext;
import org.apache.calcite.sql2rel.NullInitializerExpressionFactory;

/**
 * What an INSERT gives to the columns that it leaves out: NULL, to those too that are never NULL when they are read, since a key
 * is made of its parts and a position by the server.
 */
final class NewRowValues extends NullInitializerExpressionFactory {
    static final NewRowValues INSTANCE = new NewRowValues();

    private NewRowValues() {}

    @Override
    public ColumnStrategy generationStrategy(RelOptTable table, int column) {
        return ColumnStrategy.DEFAULT;
    }

    @Override
    public RexNode newColumnDefaultValue(RelOptTable table, int column, InitializerContext context) {
        RexBuilder rexBuilder = context.getRexBuilder();
        RelDataTypeFactory types = rexBuilder.getTypeFactory();
        RelDataType type = table.getRowType().getFieldList().get(column).getType();
        return rexBuilder.makeNullLiteral(types.createTypeWithNullability(type, true));
    }
}
