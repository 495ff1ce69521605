package io.rediscalcite.adapter.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two looks at a cluster of the masters a and b tell of the slots 0 to 9. */
class SlotSharesTest {
    /** The slots as CLUSTER NODES has them behind the epoch, of a and of b. */
    private static SlotShares shares(String a, String b) {
        List<RedisNode> masters = new ArrayList<>();
        List<SlotShares.Share> shares = new ArrayList<>();
        for (String each : List.of("a " + a, "b " + b)) {
            String[] words = each.split(" ", 3);
            RedisNode master = master(words[0].charAt(0));
            masters.add(master);
            String reply = "z 127.0.0.1:1@2 master - 0 0 9 connected 10-20\n" + words[0]
                    + " 127.0.0.1:1@2 myself,master - 0 0 " + words[1] + " connected " + words[2] + "\n";
            SlotShares.Share.of(master, reply).ifPresent(shares::add);
        }
        return SlotShares.of(masters, shares);
    }

    private static RedisNode master(char port) {
        return RedisNode.master(new Endpoint("127.0.0.1", port), List.of(new SlotRange(0, 9)), List.of());
    }

    private static String text(BitSet slots) {
        BitSet few = slots.get(0, 10);
        return few.toString();
    }

    @ParameterizedTest(name = "{0}; {1} then {2}; {3}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            # nothing happened
            1 0-4 ~ 2 5-9 ~ 1 0-4 ~ 2 5-9 ~ {0, 1, 2, 3, 4, 5, 6, 7, 8, 9} ~ {}
            # 4 went to b, which took a higher epoch and may have lent the others
            1 0-4 ~ 2 5-9 ~ 1 0-3 ~ 3 4-9 ~ {0, 1, 2, 3} ~ {}
            # 4 went to b, whose epoch is the highest already
            1 0-4 ~ 2 5-9 ~ 1 0-3 ~ 2 4-9 ~ {0, 1, 2, 3, 5, 6, 7, 8, 9} ~ {}
            # a took something, perhaps what it had given away
            1 0-4 ~ 2 5-9 ~ 3 0-4 ~ 2 5-9 ~ {5, 6, 7, 8, 9} ~ {}
            # 4 is on its way all the time
            1 0-4 [4->-b] ~ 2 5-9 [4-<-a] ~ 1 0-4 [4->-b] ~ 2 5-9 [4-<-a] ~ {0, 1, 2, 3, 5, 6, 7, 8, 9} ~ {4}
            # 4 is b's, and a hasn't heard that it gave all
            1 0-3 [4->-b] ~ 2 4-9 ~ 1 0-3 [4->-b] ~ 2 4-9 ~ {0, 1, 2, 3, 5, 6, 7, 8, 9} ~ {4}
            # 4 turned round
            1 0-4 [4->-b] ~ 2 5-9 ~ 1 0-4 [4-<-b] ~ 2 5-9 ~ {0, 1, 2, 3, 5, 6, 7, 8, 9} ~ {}
            # 4 began to move, and 5 ended
            1 0-4 ~ 2 5-9 [5->-a] ~ 1 0-4 [4->-b] ~ 2 5-9 ~ {0, 1, 2, 3, 6, 7, 8, 9} ~ {}
            # both say that 4 is theirs
            1 0-4 ~ 2 4-9 ~ 1 0-4 ~ 2 4-9 ~ {0, 1, 2, 3, 5, 6, 7, 8, 9} ~ {}
            # nobody says that 4 is theirs, though the topology has an owner
            1 0-3 ~ 2 5-9 ~ 1 0-3 ~ 2 5-9 ~ {0, 1, 2, 3, 5, 6, 7, 8, 9} ~ {}
            """)
    void slotsThatStayedAndSlotsThatWentOneWay(
            String aBefore, String bBefore, String aAfter, String bAfter, String stayed, String oneWay) {
        SlotShares before = shares(aBefore, bBefore);
        SlotShares after = shares(aAfter, bAfter);
        assertEquals(stayed, text(before.stayedUntil(after)));
        assertEquals(oneWay, text(before.wentOneWayUntil(after)));
    }

    @Test
    void slotsThatNobodyServesHaveNoKeysToMiss() {
        SlotShares shares = shares("1 0-4", "2 5-9");
        assertEquals(
                SlotRange.SLOTS - 10,
                shares.stayedUntil(shares).get(10, SlotRange.SLOTS).cardinality());
    }

    @Test
    void theNodesOfASlotAreItsOwnerAndWhoeverTakesOrGives() {
        SlotShares shares = shares("1 0-4 [3->-b] [9-<-b]", "2 5-9");
        assertEquals(List.of((int) 'a'), ports(shares, 3));
        assertEquals(List.of((int) 'a', (int) 'b'), ports(shares, 9));
        assertEquals(List.of((int) 'b'), ports(shares, 7));
        assertEquals(List.of(), ports(shares, 10));
    }

    @Test
    void aMasterHoldsItsOwnSlotsAndThoseOnTheirWayAndWhatNobodyServes() {
        SlotShares shares = shares("1 0-4 [3->-b] [9-<-b]", "2 5-8");
        assertEquals("{0, 1, 2, 3, 4, 9}", text(shares.heldBy(master('a'))));
        assertEquals("{3, 5, 6, 7, 8, 9}", text(shares.heldBy(master('b'))));
        assertTrue(shares.heldBy(master('a')).get(10));
    }

    private static List<Integer> ports(SlotShares shares, int slot) {
        BitSet slots = new BitSet();
        slots.set(slot);
        return shares.nodesOf(slots).stream()
                .map(node -> node.endpoint().port())
                .toList();
    }
}
