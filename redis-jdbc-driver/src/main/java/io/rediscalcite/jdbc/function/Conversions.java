package io.rediscalcite.jdbc.function;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.linq4j.function.Strict;

/** CAST between numbers and from numbers to text, and arithmetic. NULL in is NULL out. */
@Strict
public final class Conversions {
    private static final double LONG_LIMIT = 0x1p63;

    /** Numbers with as many digits before the point, and no more, are written without an exponent. */
    private static final int DOUBLE_DIGITS = 15;

    private static final int FLOAT_DIGITS = 6;
    private static final int MIN_EXPONENT = -4;

    private Conversions() {}

    /** The nearest integer, of two the even one. */
    public static byte toTinyint(double number) {
        return (byte) integer(number, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    /** As {@link #toTinyint}. */
    public static short toSmallint(double number) {
        return (short) integer(number, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    /** As {@link #toTinyint}. */
    public static int toInteger(double number) {
        return (int) integer(number, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
    }

    /** As {@link #toTinyint}. */
    public static long toBigint(double number) {
        return integer(number, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
    }

    private static long integer(double number, long min, long max, String type) {
        double rounded = Math.rint(number);
        boolean fits = rounded >= -LONG_LIMIT && rounded < LONG_LIMIT && rounded >= min && rounded <= max;
        if (!fits) {
            throw new RedisSqlException(SqlState.BAD_VALUE, toText(number) + " is out of range for " + type);
        }
        return (long) rounded;
    }

    /** {@code number}'s absolute value. */
    public static int absolute(int number) {
        return Math.absExact(number);
    }

    /** {@code number}'s absolute value. */
    public static long absolute(long number) {
        return Math.absExact(number);
    }

    /** {@code dividend / divisor}, rounded to {@code scale} digits behind the point. */
    public static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor, int scale) {
        if (divisor.signum() == 0) {
            throw new RedisSqlException(SqlState.BAD_VALUE, "division by zero");
        }
        return dividend.divide(divisor, scale, RoundingMode.HALF_UP);
    }

    /** {@code number} with {@code scale} digits behind the point, or as many as it needs. */
    public static BigDecimal key(BigDecimal number, int scale) {
        if (number.scale() == scale) {
            return number;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() <= scale ? stripped.setScale(scale) : stripped;
    }

    /** {@code number}, or 0.0 for -0.0. */
    public static double key(double number) {
        return number + 0.0;
    }

    /** {@code number}, or 0.0 for -0.0. */
    public static float key(float number) {
        return number + 0.0f;
    }

    /** A number that is larger where {@code number} is; there is one zero, and NaN is above all. */
    public static long order(double number) {
        long bits = Double.doubleToLongBits(number + 0.0);
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    public static String toText(boolean value) {
        return value ? "true" : "false";
    }

    public static String toText(BigDecimal number) {
        return number.toPlainString();
    }

    /** The shortest text that gives the same number again. */
    public static String toText(double number) {
        return Double.isFinite(number)
                ? shortest(Double.toString(number), DOUBLE_DIGITS)
                : Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    }

    /** The shortest text that gives the same number again. */
    public static String toText(float number) {
        return Float.isFinite(number) ? shortest(Float.toString(number), FLOAT_DIGITS) : toText((double) number);
    }

    private static String shortest(String java, int digits) {
        BigDecimal number = new BigDecimal(java);
        if (number.signum() == 0) {
            return java.startsWith("-") ? "-0" : "0";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= MIN_EXPONENT && exponent < digits) {
            return stripped.toPlainString();
        }
        BigDecimal mantissa = stripped.movePointLeft(exponent);
        int size = Math.abs(exponent);
        return mantissa.toPlainString() + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }
}
