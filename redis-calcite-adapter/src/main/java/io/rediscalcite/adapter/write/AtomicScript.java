package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several commands on one key that Redis runs whole or not at all: what the key must be, what must hold, what is done then, and
 * when the key expires. All checks come before the first change.
 *
 * <p>Replies how many rows there were if it removed a key of many, and the id of a new entry; else 1 if it was done; 0 if the row was there already, or wasn't there to be changed; -1 if the new name of a member is
 * taken.
 */
final class AtomicScript {
    /** What is done with a key that is there, or not. */
    enum Existing {
        /** The key must be new. */
        CONFLICT("E"),
        REPLACE("R"),
        KEEP("M"),
        /** The key must be there. */
        REQUIRED("X"),
        /** The key must be there and of the type; one of another type is none, as for a query. */
        OF_TYPE("T");

        private final byte[] word;

        Existing(String word) {
            this.word = word.getBytes(UTF_8);
        }
    }

    static final String TEXT =
            """
            local function series(field)
              local info = redis.call('TS.INFO', KEYS[1])
              for i = 1, #info, 2 do
                local name = type(info[i]) == 'table' and info[i].ok or info[i]
                if name == field then return info[i + 1] end
              end
            end
            local key, kind, existing, ttl, zero = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
            local is = redis.call('TYPE', key).ok
            if is ~= kind and existing == 'T' then return 0 end
            if is ~= 'none' and is ~= kind then
              return redis.error_reply('WRONGTYPE Operation against a key holding a ' .. is .. ', not a ' .. kind)
            end
            if is == 'none' and existing == 'X' then return 0 end
            if is ~= 'none' and existing == 'E' then return 0 end
            local at = 5
            while at <= #ARGV do
              local op, first = ARGV[at + 1], at + 2
              if op == '?SAME' then
                local found = redis.call(ARGV[first], key, ARGV[first + 1])
                if found == false or tostring(found) ~= ARGV[first + 2] then return 0 end
              elseif op == '?HAS' or op == '?LACKS' then
                local found = redis.call(ARGV[first], key, ARGV[first + 1])
                local has = found ~= false and found ~= 0
                if op == '?HAS' and not has then return 0 end
                if op == '?LACKS' and has then return -1 end
              elseif op == '?NEW' then
                if #redis.call('XRANGE', key, ARGV[first], ARGV[first]) > 0 then return 0 end
              elseif op == '?OBJECT' and is ~= 'none' then
                local types = redis.call('JSON.TYPE', key, ARGV[first])
                if type(types) == 'table' and types[1] and types[1] ~= 'object' then
                  return redis.error_reply('ERR ' .. ARGV[first] .. ' is no object but a ' .. types[1])
                end
              elseif op == '?LABELS' and is ~= 'none' then
                local labels = {}
                for _, pair in ipairs(series('labels')) do labels[pair[1]] = pair[2] end
                for i = first, at + ARGV[at], 2 do
                  if labels[ARGV[i]] ~= ARGV[i + 1] then
                    return redis.error_reply('ERR the series has another label ' .. ARGV[i])
                  end
                end
              end
              at = at + 1 + ARGV[at]
            end
            if is ~= 'none' and existing == 'R' then redis.call('UNLINK', key) end
            local reply
            at = 5
            while at <= #ARGV do
              local op, last = ARGV[at + 1], at + ARGV[at]
              local when = string.sub(op, 1, 1)
              if when == '+' or when == '-' then op = string.sub(op, 2) end
              local skip = when == '?' or (when == '+' and is == 'none') or (when == '-' and is ~= 'none')
              if op == '!DROP' then
                local rows = last > at + 1 and redis.call(ARGV[last], key) or series('totalSamples')
                redis.call('UNLINK', key)
                return rows
              elseif op == '!MOVE' then
                redis.call('ZADD', key, redis.call('ZSCORE', key, ARGV[at + 2]), ARGV[at + 3])
                reply = redis.call('ZREM', key, ARGV[at + 2])
              elseif not skip then
                reply = redis.call(op, key, unpack(ARGV, at + 2, last))
                if op == 'JSON.SET' and reply == false and ARGV[last] ~= 'NX' then
                  return redis.error_reply('ERR the path ' .. ARGV[at + 2] .. ' matches nothing in the document')
                end
              end
              at = last + 1
            end
            if zero == '1' and reply == 0 then return 0 end
            if ttl == 'never' then redis.call('PERSIST', key) elseif ttl ~= '' then redis.call('PEXPIRE', key, ttl) end
            if type(reply) == 'string' then return reply end
            return 1
            """;

    static final byte[] SHA = sha(TEXT);

    private final byte[] key;
    private final String redisType;
    private final Existing existing;
    private final List<byte[]> words = new ArrayList<>();
    private byte[] ttl = {};
    private boolean zeroIsConflict;

    AtomicScript(byte[] key, String redisType, Existing existing) {
        this.key = key;
        this.redisType = redisType;
        this.existing = existing;
    }

    /** What EVALSHA calls a script by. */
    static byte[] sha(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).getBytes(UTF_8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** Adds a check or a command, without its key, which is always the same. */
    AtomicScript step(Object... step) {
        words.add(Integer.toString(step.length).getBytes(UTF_8));
        for (Object word : step) {
            words.add(word instanceof byte[] bytes ? bytes : word.toString().getBytes(UTF_8));
        }
        return this;
    }

    /** Lets the key expire after that many milliseconds; null leaves it as it is. */
    AtomicScript expire(@Nullable Long millis) {
        ttl = millis == null ? new byte[0] : Long.toString(millis).getBytes(UTF_8);
        return this;
    }

    /** Lets the key never expire. */
    AtomicScript persist() {
        ttl = "never".getBytes(UTF_8);
        return this;
    }

    /** Takes a last reply of 0 for a row that was there already. */
    AtomicScript zeroIsConflict() {
        zeroIsConflict = true;
        return this;
    }

    /** The whole command. */
    byte[][] command() {
        List<byte[]> command = new ArrayList<>();
        command.add("EVALSHA".getBytes(UTF_8));
        command.add(SHA);
        command.add("1".getBytes(UTF_8));
        command.add(key);
        command.add(redisType.getBytes(UTF_8));
        command.add(existing.word);
        command.add(ttl);
        command.add((zeroIsConflict ? "1" : "0").getBytes(UTF_8));
        command.addAll(words);
        return command.toArray(byte[][]::new);
    }
}
