package io.rediscalcite.jdbc;

import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.type.SqlTypeName;

/** PostgreSQL's names of types, for {@code CAST(x AS text)} and {@code x::int8}. */
final class PostgresTypes {
    private static final Map<String, SqlTypeName> NAMES = Map.ofEntries(
            Map.entry("text", SqlTypeName.VARCHAR),
            Map.entry("int2", SqlTypeName.SMALLINT),
            Map.entry("int4", SqlTypeName.INTEGER),
            Map.entry("int8", SqlTypeName.BIGINT),
            Map.entry("float4", SqlTypeName.REAL),
            Map.entry("float8", SqlTypeName.DOUBLE),
            Map.entry("bool", SqlTypeName.BOOLEAN),
            Map.entry("bytea", SqlTypeName.VARBINARY));

    private PostgresTypes() {}

    /** Lets statements on {@code root} use the names. */
    static void addTo(CalciteSchema root) {
        NAMES.forEach((name, type) -> root.add(name, factory -> factory.createSqlType(type)));
    }
}
