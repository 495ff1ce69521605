package io.rediscalcite.jdbc.function;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.linq4j.function.Strict;

/** Functions of dates and times in Calcite's inner form: days, milliseconds of a day, milliseconds. NULL in is NULL out. */
@Strict
public final class DateFunctions {
    private static final long DAY_MILLIS = 86_400_000L;
    /** Beyond it, days and what is added to them don't fit into 32 bits. */
    private static final int LAST_YEAR = 2_900_000;

    private static final long LAST_MILLI = LocalDate.of(LAST_YEAR, 12, 31).toEpochDay() * DAY_MILLIS;
    private static final String DATE = "(\\d{4,6})-(\\d{1,2})-(\\d{1,2})";
    private static final int DATE_GROUPS = 3;
    private static final String TIME = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d+))?)?";
    private static final Pattern TIME_TEXT = Pattern.compile("\\s*" + TIME + "\\s*");
    private static final Pattern TIMESTAMP_TEXT = Pattern.compile("\\s*" + DATE + "(?:(?:\\s+|[Tt])" + TIME + ")?\\s*");

    private DateFunctions() {}

    /** The day of the week, from 0 for Sunday. */
    public static long dayOfWeek(long millis) {
        return LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS))
                        .getDayOfWeek()
                        .getValue()
                % 7;
    }

    /** Seconds since 1970, with their fraction. */
    public static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3);
    }

    /** Seconds of the minute, with their fraction. */
    public static BigDecimal secondOfMinute(long millis) {
        return BigDecimal.valueOf(Math.floorMod(millis, 60_000L), 3);
    }

    /**
     * The moment at which the {@code unit} that holds {@code millis} began.
     *
     * @throws RedisSqlException if there is no such unit
     */
    public static long truncate(String unit, long millis) {
        long fixed =
                switch (unit.toLowerCase(Locale.ROOT)) {
                    case "microseconds", "milliseconds", "microsecond", "millisecond" -> 1;
                    case "second" -> 1000;
                    case "minute" -> 60_000;
                    case "hour" -> 3_600_000;
                    case "day" -> DAY_MILLIS;
                    default -> 0;
                };
        return fixed > 0 ? millis - Math.floorMod(millis, fixed) : truncateDate(unit, millis);
    }

    private static long truncateDate(String unit, long millis) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
        LocalDate begin =
                switch (unit.toLowerCase(Locale.ROOT)) {
                    case "week" -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case "month" -> date.withDayOfMonth(1);
                    case "quarter" -> LocalDate.of(date.getYear(), (date.getMonthValue() - 1) / 3 * 3 + 1, 1);
                    case "year" -> LocalDate.of(date.getYear(), 1, 1);
                    case "decade" -> LocalDate.of(Math.floorDiv(date.getYear(), 10) * 10, 1, 1);
                    case "century" -> LocalDate.of(Math.floorDiv(date.getYear() - 1, 100) * 100 + 1, 1, 1);
                    default ->
                        throw new RedisSqlException(
                                SqlState.BAD_VALUE,
                                "DATE_TRUNC has no unit '" + unit
                                        + "'; there are second, minute, hour, day, week, month, quarter, year, decade and"
                                        + " century");
                };
        return begin.toEpochDay() * DAY_MILLIS;
    }

    /**
     * The beginning of the stretch that holds {@code millis}, where stretches of {@code strideMillis} follow one another from {@code
     * origin} both ways.
     *
     * @throws RedisSqlException if they have no length
     */
    public static long bin(long strideMillis, long millis, long origin) {
        if (strideMillis <= 0) {
            throw new RedisSqlException(
                    SqlState.DATETIME_RANGE, "DATE_BIN needs an interval greater than zero, as INTERVAL '15' MINUTE");
        }
        return millis - Math.floorMod(Math.subtractExact(millis, origin), strideMillis);
    }

    /**
     * {@code millis} itself.
     *
     * @throws RedisSqlException if it is so early or late that its days can't be counted in 32 bits
     */
    public static long countable(long millis) {
        if (millis > LAST_MILLI || millis < -LAST_MILLI) {
            throw new RedisSqlException(
                    SqlState.DATETIME_RANGE,
                    "the timestamp " + timestampText(millis)
                            + " is out of the range of functions of dates, which end with the year " + LAST_YEAR
                            + "; leave it out by a condition on it");
        }
        return millis;
    }

    /** A timestamp as text, with as many digits of the second as it needs. */
    public static String timestampText(long millis) {
        long day = Math.floorDiv(millis, DAY_MILLIS);
        return LocalDate.ofEpochDay(day) + " " + timeText((int) Math.floorMod(millis, DAY_MILLIS));
    }

    /** A time as text, with as many digits of the second as it needs. */
    public static String timeText(int millis) {
        int seconds = millis / 1000;
        String text = String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        int fraction = millis % 1000;
        return fraction == 0
                ? text
                : text + "." + String.format(Locale.ROOT, "%03d", fraction).replaceFirst("0+$", "");
    }

    /**
     * The date that {@code text} says as {@code yyyy-mm-dd}; a time behind it is dropped.
     *
     * @throws RedisSqlException if it says none
     */
    public static int toDate(String text) {
        Matcher matcher = matching(TIMESTAMP_TEXT, text, "DATE");
        return (int) date(matcher, text).toEpochDay();
    }

    /**
     * The time that {@code text} says as {@code hh:mm[:ss[.fff]]}.
     *
     * @throws RedisSqlException if it says none
     */
    public static int toTime(String text) {
        return timeMillis(matching(TIME_TEXT, text, "TIME"), 1, text);
    }

    /**
     * The timestamp that {@code text} says as a date, or as a date and a time with a space or T between.
     *
     * @throws RedisSqlException if it says none
     */
    public static long toTimestamp(String text) {
        Matcher matcher = matching(TIMESTAMP_TEXT, text, "TIMESTAMP");
        return date(matcher, text).toEpochDay() * DAY_MILLIS + timeMillis(matcher, DATE_GROUPS + 1, text);
    }

    private static Matcher matching(Pattern pattern, String text, String type) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new RedisSqlException(SqlState.BAD_VALUE, "'" + text + "' is no " + type);
        }
        return matcher;
    }

    private static LocalDate date(Matcher matcher, String text) {
        try {
            return LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
        } catch (DateTimeException e) {
            throw new RedisSqlException(SqlState.BAD_VALUE, "'" + text + "' has a date that doesn't exist", e);
        }
    }

    private static int timeMillis(Matcher matcher, int group, String text) {
        if (matcher.group(group) == null) {
            return 0;
        }
        try {
            LocalTime time =
                    LocalTime.of(number(matcher, group), number(matcher, group + 1), number(matcher, group + 2));
            String fraction = matcher.group(group + 3);
            int millis = fraction == null
                    ? 0
                    : new BigDecimal("0." + fraction)
                            .movePointRight(3)
                            .setScale(0, RoundingMode.HALF_UP)
                            .intValueExact();
            return time.toSecondOfDay() * 1000 + millis;
        } catch (DateTimeException e) {
            throw new RedisSqlException(SqlState.BAD_VALUE, "'" + text + "' has a time that doesn't exist", e);
        }
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
