package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * One command that writes a row, or several rows of one key, whole or not at all.
 *
 * @param key what the command's node is found by
 * @param name the key for a person
 * @param member which row of the key it is, for a person; null where a key has one
 * @param command its words
 * @param zeroMeansNone whether a reply of 0 says that nothing was written; otherwise any reply but an error says that it was
 * @param rows how many rows it writes; {@link #REPLIED} where the reply says it
 * @param entry which entry of a batch it belongs to, from 0
 */
record Unit(
        byte[] key,
        String name,
        @Nullable String member,
        byte[][] command,
        boolean zeroMeansNone,
        int rows,
        int entry) {
    static final int REPLIED = -1;

    /** A plain command. */
    static Unit of(WriteRow row, @Nullable String member, boolean zeroMeansNone, Object... words) {
        byte[][] command = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            command[i] = words[i] instanceof byte[] bytes
                    ? bytes
                    : words[i].toString().getBytes(UTF_8);
        }
        return new Unit(row.key(), row.name(), member, command, zeroMeansNone, 1, row.entry());
    }

    static Unit of(WriteRow row, @Nullable String member, AtomicScript script) {
        return new Unit(row.key(), row.name(), member, script.command(), true, 1, row.entry());
    }

    /** A script that replies how many rows it wrote. */
    static Unit counted(WriteRow row, AtomicScript script) {
        return new Unit(row.key(), row.name(), null, script.command(), true, REPLIED, row.entry());
    }

    boolean isScript() {
        return command[1] == AtomicScript.SHA;
    }

    /** The row for a person: {@code member 'a' of key 'tags:1'}. */
    String describe() {
        return (member == null ? "" : member + " of ") + "key '" + name + "'";
    }
}
