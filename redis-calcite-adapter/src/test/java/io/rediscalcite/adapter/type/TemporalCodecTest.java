package io.rediscalcite.adapter.type;

import static io.rediscalcite.adapter.type.CodecFixture.codec;
import static io.rediscalcite.adapter.type.CodecFixture.decode;
import static io.rediscalcite.adapter.type.CodecFixture.encode;
import static io.rediscalcite.adapter.type.CodecFixture.reasonAgainst;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalCodecTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String SLASHED = "dd/MM/yyyy HH:mm:ss.SSS";

    @ParameterizedTest
    @ValueSource(
            strings = {"2013-01-31", "1969-12-31", "1970-01-01", "9999-12-31", "0001-01-01", "2000-02-29", "1582-10-10"
            })
    void readsAndWritesDates(String text) {
        assertEquals((int) LocalDate.parse(text).toEpochDay(), decode(codec("DATE"), text));
        assertEquals(text, encode(codec("DATE"), decode(codec("DATE"), text)));
        assertEquals(decode(codec("DATE"), text), decode(codec("DATE"), " " + text + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2013-1-31",
                "2013-02-29",
                "1900-02-29",
                "2013-13-01",
                "2013-00-01",
                "2013-01-32",
                "0000-01-01",
                "10000-01-01",
                "-2013-01-01",
                "20130131",
                "2013-01-31 00:00",
                "2013-01-31Z",
                "31.01.2013",
                "today",
                "2013-01-",
                "２０13-01-31"
            })
    void refusesWhatIsNoDate(String text) {
        assertEquals("isn't a DATE", reasonAgainst(codec("DATE"), text));
    }

    @ParameterizedTest
    @CsvSource({
        "05:00, 05:00:00, 18000000",
        "05:00:07, 05:00:07, 18007000",
        "05:00:07.1, 05:00:07.1, 18007100",
        "05:00:07.123, 05:00:07.123, 18007123",
        "05:00:07.123000000, 05:00:07.123, 18007123",
        "00:00:00.001, 00:00:00.001, 1",
        "23:59:59.999, 23:59:59.999, 86399999"
    })
    void readsAndWritesTimes(String text, String canonical, int millis) {
        assertEquals(millis, decode(codec("TIME"), text));
        assertEquals(canonical, encode(codec("TIME"), millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5:00",
                "24:00",
                "05:60",
                "05:00:60",
                "05",
                "05:00:",
                "05:00:07.",
                "05:00:07Z",
                "05:00:07.1234567890"
            })
    void refusesWhatIsNoTime(String text) {
        assertEquals("isn't a TIME", reasonAgainst(codec("TIME"), text));
    }

    @ParameterizedTest
    @CsvSource({
        "2013-01-01 05:00:00, 2013-01-01T05:00:00Z",
        "2013-01-01T05:00:00, 2013-01-01T05:00:00Z",
        "2013-01-01T05:00, 2013-01-01T05:00:00Z",
        "2013-01-01, 2013-01-01T00:00:00Z",
        "2013-01-01T05:00:00Z, 2013-01-01T05:00:00Z",
        "2013-01-01T05:00:00+02, 2013-01-01T03:00:00Z",
        "2013-01-01T05:00:00+0230, 2013-01-01T02:30:00Z",
        "2013-01-01 05:00:00-05:30, 2013-01-01T10:30:00Z",
        "2013-01-01T05:00:00.5, 2013-01-01T05:00:00.500Z",
        "2013-01-01T05:00:00.123000+00:00, 2013-01-01T05:00:00.123Z",
        "1969-12-31 23:59:59.999, 1969-12-31T23:59:59.999Z",
        "0001-01-01 00:00:00, 0001-01-01T00:00:00Z",
        "9999-12-31 23:59:59.999, 9999-12-31T23:59:59.999Z",
        "2013-03-10 02:30:00, 2013-03-10T02:30:00Z",
        "2000-02-29 12:00, 2000-02-29T12:00:00Z"
    })
    void readsTimestampsWhateverTheZoneOfThisJvmIs(String text, String instant) {
        assertEquals(Instant.parse(instant).toEpochMilli(), decode(codec("TIMESTAMP"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2013-01-01T",
                "2013-01-01 5:00",
                "2013-01-01  05:00",
                "2013-01-01 05:00 +02",
                "2013-01-01 05:00 UTC",
                "2013-01-01t05:00",
                "2013-01-01 05:00+2",
                "2013-01-01 05:00+19",
                "2013-01-01 05:00+02:60",
                "1357016400",
                "2013-01-01 05:00:00+02:00:00",
                "2013-01-01+02:00x"
            })
    void refusesWhatIsNoTimestamp(String text) {
        assertEquals("isn't a TIMESTAMP", reasonAgainst(codec("TIMESTAMP"), text));
    }

    @Test
    void refusesWhatATimestampCanNotHold() {
        assertEquals(
                "is finer than the milliseconds of a TIMESTAMP",
                reasonAgainst(codec("TIMESTAMP"), "2013-01-01 05:00:00.1234"));
        assertEquals("is finer than the milliseconds of a TIME", reasonAgainst(codec("TIME"), "05:00:00.000000001"));
        assertEquals(
                "is outside the years 0001 to 9999 of a TIMESTAMP",
                reasonAgainst(codec("TIMESTAMP"), "9999-12-31 23:00-02:00"));
        assertEquals(
                "is outside the years 0001 to 9999 of a TIMESTAMP",
                reasonAgainst(codec("TIMESTAMP"), "0001-01-01 00:00+00:01"));
    }

    @ParameterizedTest
    @CsvSource({
        "2013-01-01T05:00:00Z, 2013-01-01 05:00:00",
        "2013-01-01T05:00:00.120Z, 2013-01-01 05:00:00.12",
        "1969-12-31T23:59:59.001Z, 1969-12-31 23:59:59.001"
    })
    void writesTimestamps(String instant, String text) {
        assertEquals(text, encode(codec("TIMESTAMP"), Instant.parse(instant).toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource({
        "2013-07-01 05:00:00, 2013-07-01T03:00:00Z",
        "2013-07-01 05:00:00Z, 2013-07-01T05:00:00Z",
        "2013-01-01 05:00:00, 2013-01-01T04:00:00Z",
        "2013-03-31 02:30:00, 2013-03-31T01:30:00Z",
        "2013-10-27 02:30:00, 2013-10-27T00:30:00Z"
    })
    void aTextWithoutAnOffsetIsInTheConnectionsZone(String text, String instant) {
        assertEquals(Instant.parse(instant).toEpochMilli(), decode(codec("TIMESTAMP", null, BERLIN), text));
    }

    @Test
    void theSecondTimeThatAClockShowsTheSameIsWrittenInUtc() {
        Codec codec = codec("TIMESTAMP", null, BERLIN);

        assertEquals(
                "2013-10-27 02:30:00",
                encode(codec, Instant.parse("2013-10-27T00:30:00Z").toEpochMilli()));
        assertEquals(
                "2013-10-27 01:30:00Z",
                encode(codec, Instant.parse("2013-10-27T01:30:00Z").toEpochMilli()));
    }

    @Property
    void everyTimestampSurvivesInEveryZone(
            @ForAll @LongRange(min = -62135596800000L, max = 253402300799999L) long millis,
            @ForAll @IntRange(max = 4) int zone) {
        String[] zones = {"UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "+05:30"};
        Codec codec = codec("TIMESTAMP", null, ZoneId.of(zones[zone]));

        assertEquals(millis, decode(codec, encode(codec, millis)));
    }

    @Property
    void everyDateAndTimeSurvives(
            @ForAll @IntRange(min = -719162, max = 2932896) int day, @ForAll @IntRange(max = 86_399_999) int milli) {
        assertEquals(day, decode(codec("DATE"), encode(codec("DATE"), day)));
        assertEquals(LocalDate.ofEpochDay(day).toString(), encode(codec("DATE"), day));
        assertEquals(milli, decode(codec("TIME"), encode(codec("TIME"), milli)));
        assertEquals(
                milli * 1_000_000L,
                LocalTime.parse(encode(codec("TIME"), milli)).toNanoOfDay());
    }

    @ParameterizedTest
    @CsvSource({
        "epoch_seconds, 1359608407, 1359608407000, 1359608407",
        "epoch_seconds, 1359608407.12, 1359608407120, 1359608407.12",
        "epoch_seconds, 1.359608407e9, 1359608407000, 1359608407",
        "epoch_seconds, -0.001, -1, -0.001",
        "epoch_millis, 1359608407123, 1359608407123, 1359608407123",
        "epoch_millis, -1, -1, -1",
        "epoch_millis, 0, 0, 0",
        "epoch_millis, 253402300799999, 253402300799999, 253402300799999"
    })
    void readsAndWritesEpochs(String format, String text, long millis, String canonical) {
        Codec codec = codec("TIMESTAMP", format, BERLIN);

        assertEquals(millis, decode(codec, text));
        assertEquals(canonical, encode(codec, millis));
    }

    @Test
    void refusesBadEpochs() {
        assertEquals(
                "is finer than the milliseconds of a TIMESTAMP",
                reasonAgainst(codec("TIMESTAMP", "epoch_seconds", BERLIN), "1359608407.123456"));
        assertEquals(
                "is outside the years 0001 to 9999 of a TIMESTAMP",
                reasonAgainst(codec("TIMESTAMP", "epoch_millis", BERLIN), "9223372036854775808"));
        assertEquals(
                "is outside the years 0001 to 9999 of a TIMESTAMP",
                reasonAgainst(codec("TIMESTAMP", "epoch_seconds", BERLIN), "253402300800"));
        assertEquals(
                "isn't a number of seconds", reasonAgainst(codec("TIMESTAMP", "epoch_seconds", BERLIN), "2013-01-01"));
        assertEquals(
                "isn't the midnight (UTC) that begins a DATE",
                reasonAgainst(codec("DATE", "epoch_seconds", BERLIN), "86401"));
        assertEquals(1, decode(codec("DATE", "epoch_seconds", BERLIN), "86400"));
        assertEquals("86400", encode(codec("DATE", "epoch_seconds", BERLIN), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, yyyy/MM/dd, 2013/01/31, 2013-01-31T00:00:00Z",
        "DATE, uuuuMMdd, 20130131, 2013-01-31T00:00:00Z",
        "DATE, d MMM yyyy, 31 Jan 2013, 2013-01-31T00:00:00Z",
        "TIMESTAMP, dd.MM.yyyy HH:mm, 31.01.2013 05:07, 2013-01-31T04:07:00Z",
        "TIMESTAMP, yyyy-MM-dd'T'HH:mm:ssX, 2013-01-31T05:07:09Z, 2013-01-31T05:07:09Z",
        "TIMESTAMP, yyyyMMddHHmmssSSS, 20130131050709123, 2013-01-31T04:07:09.123Z",
        "TIMESTAMP, yyyy-MM-dd, 2013-01-31, 2013-01-30T23:00:00Z"
    })
    void readsAndWritesPatterns(String type, String format, String text, String instant) {
        Codec codec = codec(type, format, BERLIN);
        long millis = Instant.parse(instant).toEpochMilli();
        Object value = decode(codec, text);

        assertEquals(type.equals("DATE") ? millis / 86_400_000 : millis, ((Number) value).longValue());
        if (!format.endsWith("X")) {
            assertEquals(text, encode(codec, value));
        }
    }

    @Test
    void patternsAreStrict() {
        assertEquals(
                "isn't a DATE in the column's format",
                reasonAgainst(codec("DATE", "yyyy/MM/dd", BERLIN), "2013/02/29"));
        assertEquals("isn't a TIME in the column's format", reasonAgainst(codec("TIME", "HHmm", BERLIN), "2460"));
        assertEquals(
                "is finer than the milliseconds of a TIME",
                reasonAgainst(codec("TIME", "HH:mm:ss.SSSSSS", BERLIN), "01:02:03.000004"));
        assertEquals(
                "is outside the years 0001 to 9999 of a TIMESTAMP",
                reasonAgainst(codec("TIMESTAMP", "uuuuuuuuu-MM-dd", BERLIN), "999999999-01-01"));
        assertEquals(18_420_000, decode(codec("TIME", "HHmm", BERLIN), "0507"));
    }

    @Test
    void aPatternThatWouldLoseAPartIsNotWritten() {
        Codec codec = codec("TIMESTAMP", "yyyy-MM-dd", ZoneOffset.UTC);

        BadValueException failure = assertThrows(BadValueException.class, () -> codec.encode(1L));
        assertEquals("can't be written in the column's format without loss", failure.reason());
        assertEquals(Optional.empty(), codec.encodeOperand(1L));
    }

    @Property
    void everyTimestampSurvivesInAPattern(
            @ForAll @LongRange(min = -62135596800000L, max = 253402300799999L) long millis) {
        Codec codec = codec("TIMESTAMP", SLASHED, ZoneOffset.UTC);

        assertEquals(millis, decode(codec, encode(codec, millis)));
    }

    @Test
    void operandsAreInCalcitesForm() {
        assertArrayEquals(
                Text.encode("1970-01-02"), codec("DATE").encodeOperand(1).orElseThrow());
        assertArrayEquals(
                Text.encode("00:00:01"), codec("TIME").encodeOperand(1000).orElseThrow());
        assertArrayEquals(
                Text.encode("1970-01-01 00:00:01"),
                codec("TIMESTAMP").encodeOperand(1000L).orElseThrow());
        assertEquals(Optional.empty(), codec("DATE").encodeOperand(Integer.MAX_VALUE));
        assertEquals(Optional.empty(), codec("TIMESTAMP").encodeOperand(Long.MAX_VALUE));
        assertEquals(Optional.empty(), codec("TIME").encodeOperand(-1));
    }
}
