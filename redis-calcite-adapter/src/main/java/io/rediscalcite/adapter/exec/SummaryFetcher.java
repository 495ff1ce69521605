package io.rediscalcite.adapter.exec;

import com.google.common.collect.Range;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyAggregate;
import io.rediscalcite.adapter.query.KeyAggregate.Function;
import io.rediscalcite.adapter.query.KeyRead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads no row of a key but measures of them all: how many there are, their ends, sums of samples; each by a command. */
final class SummaryFetcher extends KeyFetcher {
    private final TableType type;
    private final List<KeyAggregate.Measure> measures;
    private final SeriesLabels labels;
    private final ValueFilter values;
    private final SampleFetcher.Times times;
    private final String lowestScore;
    private final String highestScore;

    SummaryFetcher(RowMaker rows, FetchPlan plan, KeyRead.Summary read) {
        super(rows, plan);
        this.type = rows.query().table().type();
        this.measures = read.aggregate().measures();
        this.labels = new SeriesLabels(rows, read.labels());
        this.values = ValueFilter.of(rows.selector());
        List<SampleFetcher.Times> allTimes = SampleFetcher.times(rows);
        // Of times and scores there is one stretch, or none and then nothing is read.
        this.times = allTimes.isEmpty() ? new SampleFetcher.Times(0, 0) : allTimes.get(0);
        List<Range<Double>> scores = rows.selector().doubles(Builtin.SCORE);
        this.lowestScore = scores.isEmpty() ? "-inf" : ScoreFetcher.lower(scores.get(0));
        this.highestScore = scores.isEmpty() ? "+inf" : ScoreFetcher.upper(scores.get(0));
    }

    @Override
    void write(Commands commands, Step step, long wanted) {
        TableKey key = step.key();
        labels.write(commands, key);
        writeProperties(commands, key);
        for (KeyAggregate.Measure measure : measures) {
            switch (type) {
                case SET -> commands.begin(2).arg("SCARD").arg(key.raw());
                case LIST -> commands.begin(2).arg("LLEN").arg(key.raw());
                case ZSET -> writeSortedSet(commands, key, measure.function());
                case STREAM -> writeStream(commands, key, measure.function());
                default -> writeSeries(commands, key, measure);
            }
        }
    }

    /** A key may have no row that is wanted. */
    @Override
    boolean tellsOfNoKey() {
        return false;
    }

    private void writeSortedSet(Commands commands, TableKey key, Function function) {
        boolean byScore = rows.selector().has(Builtin.SCORE);
        boolean last = function == Function.MAX;
        if (function == Function.COUNT && byScore) {
            commands.begin(4).arg("ZCOUNT").arg(key.raw()).arg(lowestScore).arg(highestScore);
        } else if (function == Function.COUNT) {
            commands.begin(2).arg("ZCARD").arg(key.raw());
        } else if (byScore) {
            commands.begin(last ? 10 : 9)
                    .arg("ZRANGE")
                    .arg(key.raw())
                    .arg(last ? highestScore : lowestScore)
                    .arg(last ? lowestScore : highestScore)
                    .arg("BYSCORE");
            if (last) {
                commands.arg("REV");
            }
            commands.arg("LIMIT").arg(0).arg(1).arg("WITHSCORES");
        } else {
            commands.begin(last ? 6 : 5).arg("ZRANGE").arg(key.raw()).arg(0).arg(0);
            if (last) {
                commands.arg("REV");
            }
            commands.arg("WITHSCORES");
        }
    }

    private void writeStream(Commands commands, TableKey key, Function function) {
        if (function == Function.COUNT) {
            commands.begin(2).arg("XLEN").arg(key.raw());
            return;
        }
        // Times beyond the highest are NULL.
        String highest = String.valueOf(times.to());
        boolean last = function == Function.MAX;
        commands.begin(6)
                .arg(last ? "XREVRANGE" : "XRANGE")
                .arg(key.raw())
                .arg(last ? highest : times.fromText())
                .arg(last ? times.fromText() : highest)
                .arg("COUNT")
                .arg(1);
    }

    private void writeSeries(Commands commands, TableKey key, KeyAggregate.Measure measure) {
        if (!isTime(measure)) {
            SeriesRange.write(commands, key, times, values, measure.function(), KeyAggregate.WHOLE_MILLIS, 0);
            return;
        }
        commands.begin(6 + values.words())
                .arg(measure.function() == Function.MAX ? "TS.REVRANGE" : "TS.RANGE")
                .arg(key.raw())
                .arg(times.fromText())
                .arg(times.toText());
        values.write(commands);
        commands.arg("COUNT").arg(1);
    }

    private boolean isTime(KeyAggregate.Measure measure) {
        return measure.function() != Function.COUNT
                && rows.query().table().columns().get(measure.column()).source() == Builtin.TIMESTAMP;
    }

    @Override
    void read(Step step, Replies.Cursor replies, RowSink sink) {
        @Nullable Object[] row = rows.start(step.key());
        boolean there = labels.read(step.key(), row, replies);
        there &= readProperties(row, replies);
        boolean any = false;
        int at = row.length - measures.size();
        for (KeyAggregate.Measure measure : measures) {
            replies.next();
            there &= !saysNoSuchKey(replies, "the aggregate of a key");
            if (there) {
                row[at] = value(measure, replies);
                boolean count = measure.function() == Function.COUNT;
                any |= count ? !Long.valueOf(0).equals(row[at]) : row[at] != null;
            } else {
                replies.skip();
            }
            at++;
        }
        if (there && any) {
            sink.row(row);
        }
    }

    /** A measure's value; null, or a count of 0, where there are no rows. */
    private @Nullable Object value(KeyAggregate.Measure measure, Replies.Cursor reply) {
        boolean count = measure.function() == Function.COUNT;
        if (type == TableType.TIMESERIES) {
            return series(measure, reply);
        } else if (count) {
            return count(reply.longValue());
        } else if (reply.arrayLength() == 0) {
            return null;
        } else if (type == TableType.ZSET) {
            reply.next();
            reply.next();
            return SortedSetRows.score(reply);
        }
        reply.next();
        reply.next();
        String id = reply.text();
        reply.next();
        reply.skip();
        return Long.valueOf(id.substring(0, id.indexOf('-')));
    }

    /** How many of so many rows are wanted. */
    private Object count(long all) {
        Builtin column = type == TableType.LIST ? Builtin.POSITION : Builtin.RANK;
        if (!rows.selector().has(column)) {
            return all;
        }
        long wanted = 0;
        for (Range<Long> range : rows.selector().longs(column)) {
            long last = Math.min(range.upperEndpoint(), all - 1);
            wanted += Math.max(0, last - range.lowerEndpoint() + 1);
        }
        return wanted;
    }

    private @Nullable Object series(KeyAggregate.Measure measure, Replies.Cursor reply) {
        Object result = measure.function() == Function.COUNT ? (Object) 0L : null;
        for (int left = reply.arrayLength(); left > 0; left--) {
            reply.next();
            reply.next();
            long time = reply.longValue();
            reply.next();
            if (isTime(measure)) {
                return time;
            }
            Object part = SeriesRange.number(reply, measure.function());
            result = result == null ? part : SeriesRange.both(measure.function(), result, part);
        }
        return result;
    }
}
