package io.rediscalcite.adapter.type;

import static io.rediscalcite.adapter.type.CodecFixture.codec;
import static io.rediscalcite.adapter.type.CodecFixture.decode;
import static io.rediscalcite.adapter.type.CodecFixture.encode;
import static io.rediscalcite.adapter.type.CodecFixture.keyPart;
import static io.rediscalcite.adapter.type.CodecFixture.reasonAgainst;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.util.NlsString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "t", "yes", "Y", "on", "1", " true "})
    void readsTrue(String text) {
        assertEquals(true, decode(codec("BOOLEAN"), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "f", "no", "N", "off", "0", "0\n"})
    void readsFalse(String text) {
        assertEquals(false, decode(codec("BOOLEAN"), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "tru", "10", "yess", "wahr", "null"})
    void refusesWhatIsNoBoolean(String text) {
        assertEquals("isn't a BOOLEAN", reasonAgainst(codec("BOOLEAN"), text));
    }

    @Test
    void booleansAreWrittenAsWords() {
        assertEquals("true", encode(codec("BOOLEAN"), true));
        assertArrayEquals(
                Text.encode("false"), codec("BOOLEAN").encodeOperand(false).orElseThrow());
        assertThrows(IllegalArgumentException.class, () -> codec("BOOLEAN").encodeOperand(1));
    }

    @Property
    void anyBytesAreAVarchar(@ForAll byte[] bytes) {
        Codec codec = codec("VARCHAR");

        assertArrayEquals(bytes, codec.encode(codec.decode(bytes, 0, bytes.length)));
    }

    @Property
    void anyBytesAreAVarbinary(@ForAll byte[] bytes) {
        Codec codec = codec("VARBINARY");

        assertEquals(new ByteString(bytes), codec.decode(bytes, 0, bytes.length));
        assertArrayEquals(bytes, codec.encode(new ByteString(bytes)));
        assertArrayEquals(bytes, codec.encodeOperand(new ByteString(bytes)).orElseThrow());
        assertArrayEquals(bytes, codec.encodeOperand(bytes).orElseThrow());
    }

    @Test
    void textOperandsAreLookedUpOnlyIfSomeBytesAreThatText() {
        Codec codec = codec("VARCHAR");

        assertArrayEquals(Text.encode("é"), codec.encodeOperand("é").orElseThrow());
        assertArrayEquals(
                new byte[] {(byte) 0xFF}, codec.encodeOperand("\uDCFF").orElseThrow());
        assertEquals(Optional.empty(), codec.encodeOperand("\uDCC3\uDCA9"));
        assertEquals(Optional.empty(), codec.encodeOperand("\uD800"));
        assertArrayEquals(
                Text.encode("ключ"),
                codec.encodeOperand(new NlsString("ключ", StandardCharsets.UTF_8.name(), SqlCollation.IMPLICIT))
                        .orElseThrow());
        assertThrows(IllegalArgumentException.class, () -> codec.encodeOperand(7));
    }

    @Test
    void aVarcharKeyPartIsTheTextItself() {
        String text = new String(new char[] {'x', '\uDCFF'});

        assertSame(text, keyPart("VARCHAR").decode(text));
    }

    @ParameterizedTest
    @EnumSource(ColumnType.Kind.class)
    void everyTypeHasACodecOfItsStorageClass(ColumnType.Kind kind) {
        String text =
                switch (kind) {
                    case BOOLEAN -> "true";
                    case DATE -> "2013-01-01";
                    case TIME -> "05:00:00";
                    case TIMESTAMP -> "2013-01-01 05:00:00";
                    default -> "7";
                };
        Object value = decode(codec(kind.name()), text);

        assertSame(SqlTypes.storageClass(ColumnType.of(kind)), value.getClass());
        assertEquals(value, decode(codec(kind.name()), encode(codec(kind.name()), value)));
    }

    @ParameterizedTest
    @CsvSource({
        "BOOLEAN, BOOLEAN", "TINYINT, TINYINT", "BIGINT, BIGINT", "REAL, REAL", "DOUBLE, DOUBLE",
        "'DECIMAL(10,2)', 'DECIMAL(10, 2)'", "VARCHAR, VARCHAR", "JSON, VARCHAR", "VARBINARY, VARBINARY", "DATE, DATE",
        "TIME, TIME(3)", "TIMESTAMP, TIMESTAMP(3)"
    })
    void calciteSeesTheType(String type, String expected) {
        Column column = new Column("c", ColumnType.parse(type), true, new ColumnSource.Field("f"));
        RelDataType row = SqlTypes.rowType(List.of(column), new JavaTypeFactoryImpl());

        assertEquals(expected, row.getFieldList().get(0).getType().toString());
        assertEquals(true, row.getFieldList().get(0).getType().isNullable());
    }

    @Test
    void calciteSeesNotNull() {
        Column key = new Column(Column.KEY, ColumnType.VARCHAR, false, new ColumnSource.Key());

        assertEquals(
                "RecordType(VARCHAR NOT NULL _key) NOT NULL",
                SqlTypes.rowType(List.of(key), new JavaTypeFactoryImpl())
                        .getFullTypeString()
                        .replaceAll(" CHARACTER SET \"[^\"]*\"", ""));
    }

    @Test
    void badValuesCarryNoStackTrace() {
        assertEquals(0, new BadValueException("isn't a DATE").getStackTrace().length);
    }
}
