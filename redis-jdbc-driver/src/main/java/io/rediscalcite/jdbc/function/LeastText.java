package io.rediscalcite.jdbc.function;

import org.jspecify.annotations.Nullable;

/** The aggregate of texts that is the first by code point; NULL if there are none. Generated code makes it and calls it. */
public final class LeastText {
    /** The aggregate of nothing. */
    public @Nullable String init() {
        return null;
    }

    /** The aggregate of {@code best}, which may be null, and {@code text}. */
    public String add(@Nullable String best, String text) {
        return best == null || CodePointOrder.INSTANCE.compare(text, best) < 0 ? text : best;
    }

    /** What {@code best} stands for. */
    public @Nullable String result(@Nullable String best) {
        return best;
    }
}
