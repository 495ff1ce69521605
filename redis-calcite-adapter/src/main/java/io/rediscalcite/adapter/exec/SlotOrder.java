package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.SlotRange;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.BitSet;

/**
 * SCAN of a cluster's node in the order of its slots: from the first that is wanted to the last, and none of the others.
 *
 * <p>Since Redis 7.4, and Valkey 8, a node keeps the keys of each slot in a table of their own, and SCAN walks one after the
 * other: the cursor's low 14 bits are the slot, the others the place in its table. So a cursor that is a slot alone is that
 * slot's beginning, and one behind the last slot that is wanted is the end. Nothing promises that; so it is made use of only on
 * servers whose way it is known to be, and each key is checked for being where it says.
 */
final class SlotOrder {
    private final BitSet wanted;
    private final int last;

    /** @param wanted one slot at least */
    SlotOrder(BitSet wanted) {
        this.wanted = (BitSet) wanted.clone();
        this.last = wanted.length() - 1;
    }

    /** True if the node's SCAN walks slot by slot. */
    static boolean isOn(RedisLink link, WaitCheck check) {
        Replies.Cursor reply =
                link.send(new Commands().add("HELLO")).await(check).cursor();
        reply.next();
        String server = "";
        String version = "";
        for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
            reply.next();
            String field = reply.text();
            reply.next();
            switch (field) {
                case "server" -> server = reply.text();
                case "version" -> version = reply.text();
                default -> reply.skip();
            }
        }
        return isOn(server, version);
    }

    static boolean isOn(String server, String version) {
        String[] numbers = version.split("\\.");
        if (numbers.length < 2 || !(numbers[0] + numbers[1]).matches("[0-9]{1,6}")) {
            return false;
        }
        int major = Integer.parseInt(numbers[0]);
        return switch (server) {
            case "redis" -> major == 8 || (major == 7 && Integer.parseInt(numbers[1]) >= 4);
            case "valkey" -> major == 8 || major == 9;
            default -> false;
        };
    }

    /** The cursor before the first key that is wanted. */
    String start() {
        return Integer.toString(wanted.nextSetBit(0));
    }

    /** Where to go on behind a page that came with {@code cursor}: there, or at the next slot that is wanted; "0" for nowhere. */
    String next(String cursor) {
        int slot = slot(cursor);
        if (cursor.equals("0") || slot > last) {
            return "0";
        }
        return wanted.get(slot) ? cursor : Integer.toString(wanted.nextSetBit(slot));
    }

    /**
     * Looks whether a key may be in a page from the cursor {@code from} to the cursor {@code to}.
     *
     * @throws RedisSqlException SERVER_ERROR if not, for then others may have been passed over
     */
    void check(String from, String to, byte[] key, RedisNode node) {
        int slot = RedisClient.slotOf(key);
        if (slot < slot(from) || (!to.equals("0") && slot > slot(to))) {
            throw new RedisSqlException(
                    SqlState.SERVER_ERROR,
                    "SCAN of " + node
                            + " doesn't go from slot to slot as it does on Redis 7.4 to 8 and Valkey 8 and 9, so"
                            + " that a part of its slots can't be read alone. Run the statement without a condition on"
                            + " _slot.");
        }
    }

    private static int slot(String cursor) {
        return (int) (Long.parseUnsignedLong(cursor) & (SlotRange.SLOTS - 1));
    }
}
