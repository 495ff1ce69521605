package io.rediscalcite.adapter.write;

/** What goes to the server for a unit: words of its own, or a part of a command that several units share. */
sealed interface Payload permits Words, NewHash {
    /** Bytes of a word beside its own: its length, and two line ends. */
    int BYTES_A_WORD = 8;

    /** About its bytes on their way, without those that units share. */
    long size();
}
