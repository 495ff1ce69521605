package io.rediscalcite.adapter.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which slots each master of a cluster said that it has.
 *
 * @param shares a master each: its id, its epoch, which grows when slots or its role change hands, and its slots
 * @param moving whether one of them is handing over or taking a slot
 */
public record SlotShares(List<String> shares, boolean moving) {
    public SlotShares {
        shares = List.copyOf(shares);
    }

    /** True if no slot changed hands from when these were asked for to {@code later}, nor was about to. */
    public boolean stayedUntil(SlotShares later) {
        return !moving && !later.moving && shares.equals(later.shares);
    }

    /** From the replies to CLUSTER NODES, of which each has a line on the node that replied, the only one with slots that move. */
    static SlotShares of(List<String> replies) {
        List<String> shares = new ArrayList<>();
        boolean moving = false;
        for (String reply : replies) {
            for (String line : reply.lines().toList()) {
                // id address flags master ping-sent pong-received epoch link slot slot ...
                String[] words = line.split(" ");
                if (words.length < 8 || !words[2].contains("myself")) {
                    continue;
                }
                List<String> slots = Arrays.asList(words).subList(8, words.length);
                moving |= slots.stream().anyMatch(slot -> slot.startsWith("["));
                shares.add(words[0] + " " + words[2] + " " + words[6] + " " + String.join(" ", slots));
            }
        }
        return new SlotShares(shares, moving);
    }
}
