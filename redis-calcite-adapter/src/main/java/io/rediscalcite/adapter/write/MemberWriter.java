package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.type.Text;
import io.rediscalcite.adapter.write.AtomicScript.Existing;
import java.util.Arrays;

/** Members of sets (SADD, SREM) and of sorted sets (ZADD, ZREM). A row that is there is a member that is there. */
final class MemberWriter extends TypeWriter {
    private final boolean sorted;
    private final int oldMember;
    private final int member;
    private final int score;

    MemberWriter(WriteQuery query, WriteColumns columns) {
        super(query, columns);
        this.sorted = query.table().type() == TableType.ZSET;
        this.oldMember = columns.identityOf(Builtin.MEMBER);
        this.member = columns.valueOf(Builtin.MEMBER);
        this.score = columns.valueOf(Builtin.SCORE);
    }

    private static String shown(byte[] member) {
        return "member '" + Text.decode(member) + "'";
    }

    /** NaN is no score. */
    private byte[] score(WriteRow row) {
        byte[] text = row.required(score);
        if (Arrays.equals(text, Text.encode("NaN"))) {
            throw WriteColumns.bad("NaN is no score of a sorted set");
        }
        return text;
    }

    @Override
    Unit insert(WriteRow row) {
        byte[] added = row.required(member);
        boolean onlyNew = mode() == OnConflict.ERROR || mode() == OnConflict.SKIP;
        Object[] words = !sorted
                ? new Object[] {"SADD", added}
                : onlyNew ? new Object[] {"ZADD", "NX", score(row), added} : new Object[] {"ZADD", score(row), added};
        Long ttl = row.ttl();
        if (ttl == null) {
            Object[] command = new Object[words.length + 1];
            command[0] = words[0];
            command[1] = row.key();
            System.arraycopy(words, 1, command, 2, words.length - 1);
            return Unit.of(row, shown(added), onlyNew, command);
        }
        AtomicScript script = script(row, Existing.KEEP).step(words).expire(ttl);
        return Unit.of(row, shown(added), onlyNew ? script.zeroIsConflict() : script);
    }

    @Override
    Unit update(WriteRow row) {
        byte[] old = row.required(oldMember);
        AtomicScript script = script(row, Existing.REQUIRED);
        byte[] renamed = member < 0 ? old : row.required(member);
        script.step("?HAS", sorted ? "ZSCORE" : "SISMEMBER", old);
        boolean moved = !Arrays.equals(old, renamed);
        if (moved) {
            script.step("?LACKS", sorted ? "ZSCORE" : "SISMEMBER", renamed);
        }
        if (sorted && score >= 0) {
            script.step("ZADD", score(row), renamed);
            if (moved) {
                script.step("ZREM", old);
            }
        } else if (moved && sorted) {
            script.step("!MOVE", old, renamed);
        } else if (moved) {
            script.step("SADD", renamed);
            script.step("SREM", old);
        }
        return Unit.of(row, shown(old), withAssignedTtl(script, row));
    }

    @Override
    Unit delete(WriteRow row) {
        byte[] old = row.required(oldMember);
        return Unit.of(row, shown(old), true, sorted ? "ZREM" : "SREM", row.key(), old);
    }
}
