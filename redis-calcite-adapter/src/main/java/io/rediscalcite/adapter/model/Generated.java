package io.rediscalcite.adapter.model;

import java.util.Locale;

/** What makes the value of a key's part that an INSERT leaves out. */
public enum Generated {
    /** 26 letters and digits that sort by the millisecond in which they were made. */
    ULID,
    /** A random one, of version 4. */
    UUID;

    /** The name in a model. */
    public String modelName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
