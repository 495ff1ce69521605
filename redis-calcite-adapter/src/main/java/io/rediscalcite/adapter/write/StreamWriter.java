package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.type.Text;
import io.rediscalcite.adapter.write.AtomicScript.Existing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Entries of streams: XADD, XDEL. An entry never changes; one that is there is one of the same id. */
final class StreamWriter extends TypeWriter {
    private static final Pattern WHOLE_ID = Pattern.compile("\\d{1,20}-\\d{1,20}");

    private final List<FieldColumn> fields;
    private final int oldId;
    private final int id;
    private final int time;
    private final int sequence;

    StreamWriter(WriteQuery query, WriteColumns columns) {
        super(query, columns);
        this.fields = fieldColumns();
        this.oldId = columns.identityOf(Builtin.ENTRY_ID);
        this.id = columns.valueOf(Builtin.ENTRY_ID);
        this.time = columns.valueOf(Builtin.TIMESTAMP);
        this.sequence = columns.valueOf(Builtin.SEQUENCE);
    }

    /** From {@code _id}, else from {@code _ts} and {@code _seq}; {@code *} leaves to the server what isn't given. */
    private String id(WriteRow row) {
        String millis = number(row, time);
        String number = number(row, sequence);
        if (millis == null && number != null && row.isNull(id)) {
            throw WriteColumns.bad("_seq without _ts makes no id of an entry");
        }
        if (row.isNull(id)) {
            return millis == null ? "*" : millis + "-" + (number == null ? "*" : number);
        }
        String given = String.valueOf(row.cells()[id]);
        if (!WHOLE_ID.matcher(given).matches()) {
            throw WriteColumns.bad("_id '" + given + "' is no id of an entry, such as '1526919030474-0'");
        }
        String[] numbers = given.split("-", 2);
        if ((millis != null && !millis.equals(numbers[0])) || (number != null && !number.equals(numbers[1]))) {
            throw WriteColumns.bad("_id '" + given + "' says otherwise than _ts and _seq");
        }
        return given;
    }

    private static @Nullable String number(WriteRow row, int at) {
        return row.cells()[at] instanceof Number number ? Long.toString(number.longValue()) : null;
    }

    @Override
    Unit insert(WriteRow row) {
        String entryId = id(row);
        List<Object> words = new ArrayList<>(List.of("XADD", entryId));
        for (FieldColumn column : fields) {
            byte[] value = row.bytes(column.at());
            if (value != null) {
                words.add(column.field());
                words.add(value);
            }
        }
        if (words.size() == 2) {
            throw WriteColumns.bad("an entry of a stream needs at least one field that isn't NULL");
        }
        boolean whole = WHOLE_ID.matcher(entryId).matches();
        String shown = whole ? "entry '" + entryId + "'" : null;
        boolean asksFirst = whole && (mode() == OnConflict.ERROR || mode() == OnConflict.SKIP);
        Long ttl = row.ttl();
        if (!asksFirst && ttl == null) {
            words.add(1, row.key());
            return Unit.of(row, shown, false, words.toArray());
        }
        AtomicScript script = script(row, Existing.KEEP);
        if (asksFirst) {
            script.step("?NEW", entryId);
        }
        return Unit.of(row, shown, script.step(words.toArray()).expire(ttl));
    }

    @Override
    Unit update(WriteRow row) {
        return Unit.of(row, null, withAssignedTtl(script(row, Existing.REQUIRED), row));
    }

    @Override
    Unit delete(WriteRow row) {
        byte[] old = row.required(oldId);
        return Unit.of(row, "entry '" + Text.decode(old) + "'", true, "XDEL", row.key(), old);
    }
}
