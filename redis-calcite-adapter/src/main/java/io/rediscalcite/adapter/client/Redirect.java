package io.rediscalcite.adapter.client;

import org.jspecify.annotations.Nullable;

/**
 * What a cluster's MOVED or ASK reply says: the slot and the node that serves it.
 *
 * @param ask whether only this one command goes there, with ASKING before it
 */
public record Redirect(boolean ask, int slot, Endpoint target) {
    /** The redirect in an error reply; null if it is another error. A target without host is on the host that replied. */
    public static @Nullable Redirect parse(String error, Endpoint from) {
        boolean ask = error.startsWith("ASK ");
        if (!ask && !error.startsWith("MOVED ")) {
            return null;
        }
        int slotAt = error.indexOf(' ') + 1;
        int targetAt = error.indexOf(' ', slotAt) + 1;
        int colon = error.lastIndexOf(':');
        if (targetAt == 0 || colon < targetAt) {
            return null;
        }
        try {
            String host = error.substring(targetAt, colon);
            int port = Integer.parseInt(error.substring(colon + 1));
            int slot = Integer.parseInt(error.substring(slotAt, targetAt - 1));
            return new Redirect(ask, slot, new Endpoint(host.isEmpty() ? from.host() : host, port));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
