package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One command that writes a row, or several rows of one key, whole or not at all.
 *
 * @param row the row, or the first of several
 * @param member which row of the key it is, for a person; null where a key has one
 * @param command its words
 * @param zeroMeansNone whether a reply of 0 says that nothing was written; otherwise any reply but an error says that it was
 * @param rows how many rows it writes; {@link #REPLIED} where the reply says it
 */
record Unit(WriteRow row, @Nullable String member, byte[][] command, boolean zeroMeansNone, int rows) {
    static final int REPLIED = -1;

    /** A plain command. */
    static Unit of(WriteRow row, @Nullable String member, boolean zeroMeansNone, Object... words) {
        byte[][] command = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            command[i] = words[i] instanceof byte[] bytes
                    ? bytes
                    : words[i].toString().getBytes(UTF_8);
        }
        return new Unit(row, member, command, zeroMeansNone, 1);
    }

    static Unit of(WriteRow row, @Nullable String member, AtomicScript script) {
        return new Unit(row, member, script.command(), true, 1);
    }

    /** A script that replies how many rows it wrote. */
    static Unit counted(WriteRow row, AtomicScript script) {
        return new Unit(row, null, script.command(), true, REPLIED);
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
        if (command[1] == AtomicScript.SHA) {
            return Optional.of(AtomicScript.TEXT);
        }
        return command[1] == NewHashScript.SHA ? Optional.of(NewHashScript.TEXT) : Optional.empty();
    }

    /** The row for a person: {@code member 'a' of key 'tags:1'}. */
    String describe() {
        return (member == null ? "" : member + " of ") + "key '" + name() + "'";
    }
}
