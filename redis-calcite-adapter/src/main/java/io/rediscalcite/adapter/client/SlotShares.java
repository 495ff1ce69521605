package io.rediscalcite.adapter.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which slots each master of a cluster said that it has, and which it was handing over or taking, all at about one time. By two
 * of them, from before a scan and after it, is known where keys stayed.
 *
 * <p>A slot that went and came back betrays itself by its owner's epoch: a master that takes a slot takes a higher epoch than all
 * others, unless it has that already, and then it was the other one that took a higher one.
 */
public final class SlotShares {
    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    /**
     * What one master said.
     *
     * @param epoch a number that grows when it takes a slot that isn't its own, or becomes master
     * @param leaving ids of the nodes that it hands slots over to, by slot
     * @param arriving ids of the nodes that it takes slots from, by slot
     */
    record Share(
            RedisNode node,
            String id,
            String epoch,
            BitSet slots,
            Map<Integer, String> leaving,
            Map<Integer, String> arriving) {
        /**
         * From CLUSTER NODES, which has a line on the node that replied, the only one with slots that move; empty if it has none.
         */
        static Optional<Share> of(RedisNode node, String clusterNodes) {
            return clusterNodes
                    .lines()
                    .map(line -> line.split(" "))
                    .filter(words -> words.length >= 8 && words[2].contains("myself"))
                    .findFirst()
                    .map(words -> ofLine(node, words));
        }

        /** {@code id address flags master ping-sent pong-received epoch link slot slot ...} */
        private static Share ofLine(RedisNode node, String[] words) {
            BitSet slots = new BitSet(SlotRange.SLOTS);
            Map<Integer, String> leaving = new HashMap<>();
            Map<Integer, String> arriving = new HashMap<>();
            for (String word : Arrays.asList(words).subList(8, words.length)) {
                // 7, 0-5460, [7->-id] or [7-<-id]
                if (word.startsWith("[")) {
                    int arrow = word.indexOf('-');
                    int slot = Integer.parseInt(word.substring(1, arrow));
                    Map<Integer, String> moves = word.charAt(arrow + 1) == '>' ? leaving : arriving;
                    moves.put(slot, word.substring(arrow + 3, word.length() - 1));
                } else {
                    String[] ends = word.split("-");
                    slots.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
                }
            }
            return new Share(node, words[0], words[6], slots, leaving, arriving);
        }

        boolean isOf(BitSet some) {
            return slots.intersects(some)
                    || arriving.keySet().stream().anyMatch(some::get)
                    || leaving.keySet().stream().anyMatch(some::get);
        }
    }

    private final List<Share> shares;
    private final int[] owners = new int[SlotRange.SLOTS];
    /** The ways that slots go, each as {@code from>to}. */
    private final Map<Integer, Set<String>> moves = new HashMap<>();

    private SlotShares(List<Share> shares, BitSet served) {
        this.shares = List.copyOf(shares);
        for (int slot = 0; slot < owners.length; slot++) {
            // What is served by somebody, but by none of these, is on its way.
            owners[slot] = served.get(slot) ? SEVERAL : NOBODY;
        }
        BitSet claimed = new BitSet(SlotRange.SLOTS);
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            for (int slot = share.slots().nextSetBit(0);
                    slot >= 0;
                    slot = share.slots().nextSetBit(slot + 1)) {
                owners[slot] = claimed.get(slot) ? SEVERAL : i;
                claimed.set(slot);
            }
            share.leaving().forEach((slot, to) -> move(slot, share.id() + ">" + to));
            share.arriving().forEach((slot, from) -> move(slot, from + ">" + share.id()));
        }
    }

    private void move(int slot, String way) {
        moves.computeIfAbsent(slot, any -> new HashSet<>()).add(way);
    }

    /** @param masters those that were asked, with the slots that the topology says they have */
    static SlotShares of(List<RedisNode> masters, List<Share> shares) {
        BitSet served = new BitSet(SlotRange.SLOTS);
        for (RedisNode master : masters) {
            master.slots().forEach(range -> served.set(range.first(), range.last() + 1));
        }
        return new SlotShares(shares, served);
    }

    /** The masters that have some of these slots, or are handing over or taking some. */
    public List<RedisNode> nodesOf(BitSet slots) {
        return shares.stream()
                .filter(share -> share.isOf(slots))
                .map(Share::node)
                .toList();
    }

    /**
     * The slots whose keys, where that master has some, are the cluster's: its own, those on their way from it or to it, and those
     * that no node serves. What it has of others' slots is left from a time when they were its own.
     */
    public BitSet heldBy(RedisNode master) {
        BitSet held = new BitSet(SlotRange.SLOTS);
        for (int slot = 0; slot < owners.length; slot++) {
            held.set(slot, owners[slot] == NOBODY);
        }
        for (Share share : shares) {
            if (share.node().equals(master)) {
                held.or(share.slots());
                moves.forEach((slot, ways) -> {
                    if (ways.stream().anyMatch(way -> List.of(way.split(">")).contains(share.id()))) {
                        held.set(slot);
                    }
                });
            }
        }
        return held;
    }

    /** The slots whose keys were on one node all the time from when these were asked for to {@code later}. */
    public BitSet stayedUntil(SlotShares later) {
        BitSet stayed = sameOwners(later);
        moves.keySet().forEach(stayed::clear);
        later.moves.keySet().forEach(stayed::clear);
        return stayed;
    }

    /** The slots whose keys could go one way alone all the time until {@code later}: to their owner or from it. */
    public BitSet wentOneWayUntil(SlotShares later) {
        BitSet oneWay = new BitSet(SlotRange.SLOTS);
        BitSet owned = sameOwners(later);
        moves.forEach((slot, ways) -> {
            if (owned.get(slot) && ways.size() == 1 && ways.equals(later.moves.get(slot)) && isOfOwner(slot, ways)) {
                oneWay.set(slot);
            }
        });
        return oneWay;
    }

    private boolean isOfOwner(int slot, Set<String> ways) {
        return owners[slot] >= 0
                && List.of(ways.iterator().next().split(">"))
                        .contains(shares.get(owners[slot]).id());
    }

    private BitSet sameOwners(SlotShares later) {
        List<Integer> counterparts = new ArrayList<>();
        for (Share share : shares) {
            counterparts.add(later.indexOf(share));
        }
        BitSet same = new BitSet(SlotRange.SLOTS);
        for (int slot = 0; slot < owners.length; slot++) {
            int before = owners[slot];
            int after = later.owners[slot];
            boolean stays = before >= 0 ? counterparts.get(before) == after : before == NOBODY && after == NOBODY;
            same.set(slot, stays);
        }
        return same;
    }

    /** SEVERAL has no counterpart. */
    private int indexOf(Share earlier) {
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            if (share.id().equals(earlier.id()) && share.epoch().equals(earlier.epoch())) {
                return i;
            }
        }
        return Integer.MIN_VALUE;
    }
}
