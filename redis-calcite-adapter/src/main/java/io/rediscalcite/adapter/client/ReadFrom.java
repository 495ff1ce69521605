package io.rediscalcite.adapter.client;

/** Which node of a master and its replicas serves reads. */
public enum ReadFrom {
    MASTER,
    /** A replica; the master where there is none. */
    REPLICA,
    /** Whichever of them answered a PING fastest. */
    NEAREST
}
