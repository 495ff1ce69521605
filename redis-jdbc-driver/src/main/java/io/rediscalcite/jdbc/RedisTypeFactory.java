package io.rediscalcite.jdbc;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The types of one statement: text is UTF-8 and has no fixed length.
 *
 * <p>CHAR(n) is VARCHAR(n): SQL types a text literal as CHAR, and {@code CASE … THEN 'few' ELSE 'plenty' END} would pad. Not
 * shared between statements, because Calcite keeps the record types of generated code in an unguarded map.
 */
final class RedisTypeFactory extends JavaTypeFactoryImpl {
    RedisTypeFactory(RelDataTypeSystem typeSystem) {
        super(typeSystem);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName) {
        return typeName == SqlTypeName.CHAR
                ? super.createSqlType(SqlTypeName.VARCHAR, 1)
                : super.createSqlType(typeName);
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName, int precision) {
        return super.createSqlType(typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName, precision);
    }
}
