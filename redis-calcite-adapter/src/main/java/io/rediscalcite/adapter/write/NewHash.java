package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rediscalcite.adapter.client.Commands;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * HSET of a key that must be new: what an INSERT mostly is. So neighbours share one run of a script of its own, which costs the
 * server little more than as many HSETs; one run of {@link AtomicScript} costs five.
 *
 * @param fields the fields' names, the same for all rows of a statement
 * @param values of the fields, in their order; null for a field that the hash doesn't get
 */
record NewHash(byte[] key, List<byte[]> fields, List<byte @Nullable []> values) implements Payload {
    /** Few enough that other clients of the server don't wait: a row of three fields takes it 3.5 µs. */
    private static final int MOST_ROWS = 100;

    /** As few where the rows are wide: from ten fields on each takes the server 0.7 µs, and more from fifty on. */
    private static final int MOST_VALUES = 500;

    /**
     * Takes the number of fields, their names, the values of all rows, and where among its arguments those stand that are none.
     * No key may come twice: where one EXISTS finds none of them there, they aren't looked at one by one. Replies for each key 1
     * if it was done, 0 if there was such a hash already, or why it wasn't: nothing that one key meets ends the script, so that
     * all of them have a reply.
     */
    static final String SCRIPT =
            """
            local pcall, unpack, argv = redis.pcall, unpack, ARGV
            local fields = tonumber(argv[1])
            local at = fields + 1
            local tail = at + #KEYS * fields + 1
            local none = tonumber(argv[tail])
            local all = none == nil
            local words, size = {}, 2 * fields
            for field = 1, fields do words[2 * field - 1] = argv[field + 1] end
            local absent = pcall('EXISTS', unpack(KEYS)) == 0
            local replies = {}
            for i, key in ipairs(KEYS) do
              if all then
                for word = 2, size, 2 do
                  at = at + 1
                  words[word] = argv[at]
                end
              else
                size = 0
                for field = 2, fields + 1 do
                  at = at + 1
                  if at == none then
                    tail = tail + 1
                    none = tonumber(argv[tail])
                  else
                    words[size + 1], words[size + 2] = argv[field], argv[at]
                    size = size + 2
                  end
                end
              end
              local reply = absent and 0 or pcall('EXISTS', key)
              if reply == 0 then
                reply = pcall('HSET', key, unpack(words, 1, size))
                if type(reply) == 'number' then reply = 1 end
              elseif reply == 1 then
                local is = pcall('TYPE', key)
                if is.ok == 'hash' then
                  reply = 0
                elseif is.ok then
                  reply = redis.error_reply('WRONGTYPE Operation against a key holding a ' .. is.ok .. ', not a hash')
                else
                  reply = is
                end
              end
              replies[i] = reply
            end
            return replies
            """;

    private static final byte[] EVALSHA = "EVALSHA".getBytes(UTF_8);
    private static final byte[] SHA = AtomicScript.sha(SCRIPT);
    private static final byte[] NONE = {};

    @Override
    public long size() {
        long size = key.length + (1L + values.size()) * BYTES_A_WORD;
        for (byte[] value : values) {
            size += value == null ? 0 : value.length;
        }
        return size;
    }

    /** How many such rows may share a command, so that other clients wait about half a millisecond at most. */
    int mostTogether() {
        return Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / fields.size()));
    }

    /** Writes the command for all of them, rows of one statement and no key twice. */
    static void write(List<NewHash> hashes, Commands commands) {
        List<byte[]> fields = hashes.get(0).fields();
        int[] nones = nones(hashes);
        commands.begin(4 + fields.size() + hashes.size() * (1 + fields.size()) + nones.length);
        commands.arg(EVALSHA).arg(SHA).arg(hashes.size());
        for (NewHash hash : hashes) {
            commands.arg(hash.key());
        }
        commands.arg(fields.size());
        for (byte[] field : fields) {
            commands.arg(field);
        }
        for (NewHash hash : hashes) {
            for (byte[] value : hash.values()) {
                commands.arg(value == null ? NONE : value);
            }
        }
        for (int none : nones) {
            commands.arg(none);
        }
    }

    /** Where among the script's arguments those values stand that are none. */
    private static int[] nones(List<NewHash> hashes) {
        IntStream.Builder nones = IntStream.builder();
        int at = 1 + hashes.get(0).fields().size();
        for (NewHash hash : hashes) {
            for (byte[] value : hash.values()) {
                at++;
                if (value == null) {
                    nones.add(at);
                }
            }
        }
        return nones.build().toArray();
    }
}
