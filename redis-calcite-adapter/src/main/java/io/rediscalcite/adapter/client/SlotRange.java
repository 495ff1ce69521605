package io.rediscalcite.adapter.client;

/** The hash slots from first to last, both included. */
public record SlotRange(int first, int last) {
    /** How many slots a keyspace has. */
    public static final int SLOTS = 16384;

    public static final SlotRange ALL = new SlotRange(0, SLOTS - 1);
}
