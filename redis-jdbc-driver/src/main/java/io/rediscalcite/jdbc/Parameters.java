package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.jspecify.annotations.Nullable;

/** The parameters of a prepared statement: their types, and the values bound so far in Calcite's inner form. */
final class Parameters implements ParameterMetaData {
    private final List<AvaticaParameter> declared;
    private final @Nullable Object[] values;
    private final boolean[] bound;
    private final ZoneId zone;

    /** @param zone zone in which the database's timestamps are written */
    Parameters(List<AvaticaParameter> declared, ZoneId zone) {
        this.zone = zone;
        this.declared = declared;
        this.values = new @Nullable Object[declared.size()];
        this.bound = new boolean[declared.size()];
    }

    /** Binds parameter {@code index}, counted from 1. */
    void bind(int index, @Nullable Object value) throws SQLException {
        AvaticaParameter parameter = parameter(index);
        values[index - 1] = ParameterValue.of(value, parameter, index, zone);
        bound[index - 1] = true;
    }

    void clear() {
        Arrays.fill(values, null);
        Arrays.fill(bound, false);
    }

    /**
     * A copy of the values.
     *
     * @throws SQLException if one isn't bound
     */
    @Nullable
    Object[] values() throws SQLException {
        for (int i = 0; i < bound.length; i++) {
            if (!bound[i]) {
                throw SqlErrors.exception(
                        SqlState.INVALID_STATEMENT,
                        "parameter " + (i + 1) + " of " + bound.length
                                + " has no value: set it before the statement runs");
            }
        }
        return values.clone();
    }

    private AvaticaParameter parameter(int index) throws SQLException {
        if (index < 1 || index > declared.size()) {
            throw SqlErrors.exception(
                    SqlState.BAD_VALUE, "there is no parameter " + index + ": the statement has " + declared.size());
        }
        return declared.get(index - 1);
    }

    @Override
    public int getParameterCount() {
        return declared.size();
    }

    @Override
    public int isNullable(int index) throws SQLException {
        parameter(index);
        return parameterNullable;
    }

    @Override
    public boolean isSigned(int index) throws SQLException {
        return parameter(index).signed;
    }

    @Override
    public int getPrecision(int index) throws SQLException {
        return Math.max(0, parameter(index).precision);
    }

    @Override
    public int getScale(int index) throws SQLException {
        return Math.max(0, parameter(index).scale);
    }

    @Override
    public int getParameterType(int index) throws SQLException {
        return parameter(index).parameterType;
    }

    @Override
    public String getParameterTypeName(int index) throws SQLException {
        return parameter(index).typeName;
    }

    @Override
    public String getParameterClassName(int index) throws SQLException {
        return ParameterValue.className(parameter(index).parameterType);
    }

    @Override
    public int getParameterMode(int index) throws SQLException {
        parameter(index);
        return parameterModeIn;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrapping.is(this, type);
    }
}
