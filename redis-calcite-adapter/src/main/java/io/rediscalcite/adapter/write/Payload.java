package io.rediscalcite.adapter.write;

/** What goes to the server for a unit: words of its own, or a part of a command that several units share. */
sealed interface Payload permits Words, NewHash {
    /** Its bytes, without what goes with every command. */
    long size();
}
