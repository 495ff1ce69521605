package io.rediscalcite.jdbc;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/**
 * What SQL the driver takes beyond the standard: what PostgreSQL takes.
 *
 * <p>Not {@link SqlConformanceEnum#BABEL}, which takes more and answers some of it wrongly.
 */
final class RedisConformance extends SqlDelegatingConformance {
    static final RedisConformance INSTANCE = new RedisConformance();

    private RedisConformance() {
        super(SqlConformanceEnum.DEFAULT);
    }

    @Override
    public boolean isGroupByAlias() {
        return true;
    }

    @Override
    public boolean isGroupByOrdinal() {
        return true;
    }

    @Override
    public boolean isHavingAlias() {
        return true;
    }

    @Override
    public boolean isSortByAlias() {
        return true;
    }

    @Override
    public boolean isSortByOrdinal() {
        return true;
    }

    @Override
    public boolean isFromRequired() {
        return false;
    }

    @Override
    public boolean isBangEqualAllowed() {
        return true;
    }

    @Override
    public boolean isPercentRemainderAllowed() {
        return true;
    }

    @Override
    public boolean isInsertSubsetColumnsAllowed() {
        return true;
    }

    @Override
    public boolean isLimitStartCountAllowed() {
        return false;
    }

    @Override
    public boolean isOffsetLimitAllowed() {
        return true;
    }

    @Override
    public boolean allowPluralTimeUnits() {
        return true;
    }

    @Override
    public boolean allowExtendedTrim() {
        return true;
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public boolean checkedArithmetic() {
        return true;
    }
}
