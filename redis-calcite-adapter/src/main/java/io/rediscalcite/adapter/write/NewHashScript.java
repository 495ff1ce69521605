package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * HSET of a key that must be new: what an INSERT mostly is, and so a script of its own, which costs the server less than {@link
 * AtomicScript}. Replies 1 if it was done, 0 if there was such a hash already.
 */
final class NewHashScript {
    static final String TEXT =
            """
            if redis.call('EXISTS', KEYS[1]) == 0 then
              redis.call('HSET', KEYS[1], unpack(ARGV))
              return 1
            end
            local is = redis.call('TYPE', KEYS[1]).ok
            if is == 'hash' then return 0 end
            return redis.error_reply('WRONGTYPE Operation against a key holding a ' .. is .. ', not a hash')
            """;

    static final byte[] SHA = AtomicScript.sha(TEXT);

    private NewHashScript() {}

    /** The whole command, for fields each with its value behind it. */
    static Object[] command(byte[] key, List<Object> fieldsAndValues) {
        Object[] command = new Object[4 + fieldsAndValues.size()];
        command[0] = "EVALSHA".getBytes(UTF_8);
        command[1] = SHA;
        command[2] = "1".getBytes(UTF_8);
        command[3] = key;
        for (int i = 0; i < fieldsAndValues.size(); i++) {
            command[4 + i] = fieldsAndValues.get(i);
        }
        return command;
    }
}
