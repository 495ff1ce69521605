package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.write.AtomicScript.Existing;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples of time series: TS.ADD, TS.DEL. A sample that is there is one of the same time. A series gets its labels when it is
 * made; a row with other labels than its series has is refused.
 */
final class SampleWriter extends TypeWriter {
    private final int oldTime;
    private final int time;
    private final int value;

    SampleWriter(WriteQuery query, WriteColumns columns) {
        super(query, columns);
        this.oldTime = columns.identityOf(Builtin.TIMESTAMP);
        this.time = columns.valueOf(Builtin.TIMESTAMP);
        this.value = columns.valueOf(Builtin.VALUE);
    }

    /** Milliseconds, which a series counts from 0. */
    private long millis(WriteRow row, int at) {
        row.required(at);
        Object moment = row.cells()[at];
        long millis = moment instanceof Number number ? number.longValue() : -1;
        if (millis < 0) {
            throw WriteColumns.bad("a time series holds no time before 1970-01-01");
        }
        return millis;
    }

    private List<Object> labels(WriteRow row) {
        List<Object> labels = new ArrayList<>();
        for (int at = columns.firstValue(); at < columns.width(); at++) {
            if (columns.column(at).source() instanceof ColumnSource.Label label && !row.isNull(at)) {
                labels.add(label.label());
                labels.add(row.required(at));
            }
        }
        return labels;
    }

    @Override
    Unit insert(WriteRow row) {
        long moment = millis(row, time);
        boolean onlyNew = mode() == OnConflict.ERROR || mode() == OnConflict.SKIP;
        List<Object> words = new ArrayList<>(
                List.of("TS.ADD", moment, row.required(value), "ON_DUPLICATE", onlyNew ? "BLOCK" : "LAST"));
        List<Object> labels = labels(row);
        String shown = "sample " + moment;
        Long ttl = row.ttl();
        if (labels.isEmpty() && ttl == null) {
            words.add(1, row.key());
            return Unit.of(row, shown, false, words.toArray());
        }
        AtomicScript script = script(row, Existing.KEEP);
        if (!labels.isEmpty()) {
            List<Object> check = new ArrayList<>(List.of("?LABELS"));
            check.addAll(labels);
            script.step(check.toArray());
            words.add("LABELS");
            words.addAll(labels);
        }
        return Unit.of(row, shown, script.step(words.toArray()).expire(ttl));
    }

    @Override
    Unit update(WriteRow row) {
        long moment = millis(row, oldTime);
        AtomicScript script = script(row, Existing.REQUIRED);
        if (value >= 0) {
            script.step("TS.ADD", moment, row.required(value), "ON_DUPLICATE", "LAST");
        }
        return Unit.of(row, "sample " + moment, withAssignedTtl(script, row));
    }

    @Override
    Unit delete(WriteRow row) {
        long moment = millis(row, oldTime);
        return Unit.of(row, "sample " + moment, true, "TS.DEL", row.key(), moment, moment);
    }
}
