package io.rediscalcite.adapter.client;

/** How the servers at the endpoints work together. */
public enum Mode {
    /** Ask the first endpoint that answers. */
    AUTO,
    STANDALONE,
    CLUSTER,
    SENTINEL
}
