package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HSET of a key that must be new: what an INSERT mostly is. So neighbours share one run of a script of its own, which costs the
 * server little more than as many HSETs; one run of {@link AtomicScript} costs five.
 *
 * @param fields the fields' names, the same for all rows of a statement
 * @param values of the fields, in their order; null for a field that the hash doesn't get
 */
record NewHash(byte[] key, List<byte[]> fields, List<byte @Nullable []> values) implements Payload {
    /** Few enough that other clients of the server don't wait: about half a millisecond. */
    static final int MOST_TOGETHER = 100;

    /**
     * Takes the number of fields, their names, the values of all rows, and where among its arguments those stand that are none.
     * Replies for each key 1 if it was done, 0 if there was such a hash already, or why it wasn't: nothing that one key meets
     * ends the script, so that all of them have a reply.
     */
    static final String SCRIPT =
            """
            local fields = tonumber(ARGV[1])
            local at = fields + 1
            local tail = at + #KEYS * fields + 1
            local none = tonumber(ARGV[tail])
            local words, replies = {}, {}
            for i, key in ipairs(KEYS) do
              local size = 0
              for field = 2, fields + 1 do
                at = at + 1
                if at == none then
                  tail = tail + 1
                  none = tonumber(ARGV[tail])
                else
                  words[size + 1], words[size + 2] = ARGV[field], ARGV[at]
                  size = size + 2
                end
              end
              local reply = redis.pcall('EXISTS', key)
              if reply == 0 then
                reply = redis.pcall('HSET', key, unpack(words, 1, size))
                if type(reply) == 'number' then reply = 1 end
              elseif reply == 1 then
                local is = redis.pcall('TYPE', key)
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
        long size = key.length;
        for (byte[] value : values) {
            size += value == null ? 0 : value.length;
        }
        return size;
    }

    /** The command for all of them, rows of one statement. */
    static List<byte[]> command(List<NewHash> hashes) {
        List<byte[]> fields = hashes.get(0).fields();
        List<byte[]> command = new ArrayList<>(4 + fields.size() + hashes.size() * (1 + fields.size()));
        command.add(EVALSHA);
        command.add(SHA);
        command.add(decimal(hashes.size()));
        hashes.forEach(hash -> command.add(hash.key()));
        int first = command.size();
        command.add(decimal(fields.size()));
        command.addAll(fields);
        List<byte[]> nones = new ArrayList<>();
        for (NewHash hash : hashes) {
            for (byte[] value : hash.values()) {
                command.add(value == null ? NONE : value);
                if (value == null) {
                    nones.add(decimal(command.size() - first));
                }
            }
        }
        command.addAll(nones);
        return command;
    }

    private static byte[] decimal(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }
}
