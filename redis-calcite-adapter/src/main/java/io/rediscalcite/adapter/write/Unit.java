package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What writes a row, or several rows of one key, whole or not at all.
 *
 * @param row the row, or the first of several
 * @param member which row of the key it is, for a person; null where a key has one
 * @param zeroMeansNone whether a reply of 0 says that nothing was written; otherwise any reply but an error says that it was
 * @param rows how many rows it writes; {@link #REPLIED} where the reply says it
 */
record Unit(WriteRow row, @Nullable String member, Payload payload, boolean zeroMeansNone, int rows) {
    static final int REPLIED = -1;

    /** A plain command. */
    static Unit of(WriteRow row, @Nullable String member, boolean zeroMeansNone, Object... words) {
        return new Unit(row, member, Words.of(words), zeroMeansNone, 1);
    }

    static Unit of(WriteRow row, @Nullable String member, AtomicScript script) {
        return new Unit(row, member, new Words(script.command()), true, 1);
    }

    /** A script that replies how many rows it wrote. */
    static Unit counted(WriteRow row, AtomicScript script) {
        return new Unit(row, null, new Words(script.command()), true, REPLIED);
    }

    /** What the command's node is found by. */
    byte[] key() {
        return row.key();
    }

    /** The key for a person. */
    String name() {
        return row.name();
    }

    /** Which entry of a batch it belongs to, from 0. */
    int entry() {
        return row.entry();
    }

    /** The text of the script that the command runs; empty where it runs none. */
    Optional<String> script() {
        if (payload instanceof Words command) {
            return command.words()[1] == AtomicScript.SHA ? Optional.of(AtomicScript.TEXT) : Optional.empty();
        }
        return Optional.of(NewHash.SCRIPT);
    }

    /** The command's name. */
    String command() {
        return payload instanceof Words command ? new String(command.words()[0], UTF_8) : "EVALSHA";
    }

    /** The row for a person: {@code member 'a' of key 'tags:1'}. */
    String describe() {
        return (member == null ? "" : member + " of ") + "key '" + name() + "'";
    }
}
