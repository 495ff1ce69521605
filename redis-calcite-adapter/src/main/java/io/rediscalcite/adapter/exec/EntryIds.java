package io.rediscalcite.adapter.exec;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import com.google.common.primitives.UnsignedLong;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where in a stream the entries are that a query wants, as milliseconds of their ids.
 *
 * <p>SQL compares ids as text, where {@code 10-0} is below {@code 9-0}; Redis orders them as numbers. Among numbers of equally many
 * digits both orders are the same, so a range of text is a range of numbers for each count of digits.
 */
final class EntryIds {
    private static final BigInteger HIGHEST = UnsignedLong.MAX_VALUE.bigIntegerValue();
    private static final Pattern CANONICAL = Pattern.compile("(0|[1-9][0-9]{0,19})-(0|[1-9][0-9]{0,19})");

    private final RowSelector selector;
    private final boolean byId;

    /** @param byId whether entries are wanted in the order of their ids' text */
    EntryIds(RowSelector selector, boolean byId) {
        this.selector = selector;
        this.byId = byId;
    }

    /** True if it takes the stream's first and last id to know, lest there be a stretch for each count of digits. */
    boolean needEnds() {
        return byId || (selector.has(Builtin.ENTRY_ID) && !arePoints() && !selector.has(Builtin.TIMESTAMP));
    }

    private boolean arePoints() {
        return selector.texts(Builtin.ENTRY_ID).stream().allMatch(EntryIds::isPoint);
    }

    private static boolean isPoint(Range<String> range) {
        return range.hasLowerBound()
                && range.hasUpperBound()
                && range.lowerBoundType() == BoundType.CLOSED
                && range.lowerEndpoint().equals(range.upperEndpoint());
    }

    /** A stretch of ids as XRANGE takes them, both ends inside. */
    record Ids(String from, String to) {}

    /** All stretches, lowest first, without a look at the stream. */
    List<Ids> all() {
        if (selector.has(Builtin.ENTRY_ID) && arePoints()) {
            return selector.texts(Builtin.ENTRY_ID).stream()
                    .map(Range::lowerEndpoint)
                    .filter(EntryIds::isId)
                    .map(id -> new Ids(id, id))
                    .toList();
        }
        return selector.has(Builtin.TIMESTAMP) ? ids(times()) : List.of(new Ids("-", "+"));
    }

    private static boolean isId(String text) {
        return CANONICAL.matcher(text).matches()
                && new BigInteger(text.substring(0, text.indexOf('-'))).compareTo(HIGHEST) <= 0
                && new BigInteger(text.substring(text.indexOf('-') + 1)).compareTo(HIGHEST) <= 0;
    }

    private RangeSet<UnsignedLong> times() {
        RangeSet<UnsignedLong> times = TreeRangeSet.create();
        for (Range<Long> range : selector.longs(Builtin.TIMESTAMP)) {
            times.add(Range.closed(
                    UnsignedLong.valueOf(range.lowerEndpoint()), UnsignedLong.valueOf(range.upperEndpoint())));
        }
        return times;
    }

    /** The stretches of a stream that has these ids at its ends, one for each count of digits at least. */
    List<Ids> between(String first, String last) {
        UnsignedLong from = millis(first);
        UnsignedLong to = millis(last);
        RangeSet<UnsignedLong> wanted = TreeRangeSet.create();
        RangeSet<UnsignedLong> times = selector.has(Builtin.TIMESTAMP) ? times() : null;
        List<Ids> stretches = new ArrayList<>();
        for (int digits = from.toString().length(); digits <= to.toString().length(); digits++) {
            wanted.clear();
            for (Range<String> text : selector.texts(Builtin.ENTRY_ID)) {
                wanted.add(ofDigits(text, digits));
            }
            wanted.removeAll(
                    TreeRangeSet.create(List.of(Range.closed(from, to))).complement());
            if (times != null) {
                wanted.removeAll(times.complement());
            }
            stretches.addAll(ids(wanted));
        }
        return stretches;
    }

    private static UnsignedLong millis(String id) {
        return UnsignedLong.valueOf(id.substring(0, id.indexOf('-')));
    }

    /** The numbers with so many digits that begin an id in the range, and few others. */
    private static Range<UnsignedLong> ofDigits(Range<String> text, int digits) {
        BigInteger lowest = digits == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(digits - 1);
        BigInteger highest = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE).min(HIGHEST);
        BigInteger from =
                text.hasLowerBound() ? padded(text.lowerEndpoint(), digits, '0').max(lowest) : lowest;
        BigInteger to =
                text.hasUpperBound() ? padded(text.upperEndpoint(), digits, '9').min(highest) : highest;
        return from.compareTo(to) > 0
                ? Range.closedOpen(UnsignedLong.ZERO, UnsignedLong.ZERO)
                : Range.closed(UnsignedLong.valueOf(from), UnsignedLong.valueOf(to));
    }

    /** The number that the text begins with, with so many digits. */
    private static BigInteger padded(String text, int digits, char filler) {
        StringBuilder number = new StringBuilder();
        while (number.length() < digits
                && number.length() < text.length()
                && text.charAt(number.length()) >= '0'
                && text.charAt(number.length()) <= '9') {
            number.append(text.charAt(number.length()));
        }
        number.append(String.valueOf(filler).repeat(digits - number.length()));
        return new BigInteger(number.toString());
    }

    private static List<Ids> ids(RangeSet<UnsignedLong> millis) {
        List<Ids> ids = new ArrayList<>();
        for (Range<UnsignedLong> range : millis.asRanges()) {
            boolean fromStart = range.lowerEndpoint().equals(UnsignedLong.ZERO);
            boolean toEnd = range.upperEndpoint().bigIntegerValue().bitLength() >= Long.SIZE - 1
                    && range.upperEndpoint().longValue() == Long.MAX_VALUE;
            ids.add(new Ids(
                    fromStart ? "-" : range.lowerEndpoint().toString(),
                    toEnd ? "+" : range.upperEndpoint().toString()));
        }
        return ids;
    }
}
