package io.rediscalcite.adapter.exec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the user should know of a run that goes on all the same: gathered by what runs, shown by what started it. Any
 * thread may call it.
 *
 * <p>Whoever starts a run puts one into its {@code DataContext} under {@link #CONTEXT_NAME}; without one, nothing is gathered.
 */
public final class Warnings {
    /** The variable of a run's context that holds its warnings. */
    public static final String CONTEXT_NAME = "$warnings";

    private final Set<String> messages = new LinkedHashSet<>();
    private long badValues;
    private @Nullable String firstBadValue;

    /** Adds a message for the user; the same one twice is one. */
    public synchronized void add(String message) {
        messages.add(message);
    }

    /**
     * Counts a value that its column's type can't hold and that was read as NULL.
     *
     * @param what says which; asked for the first alone
     */
    public synchronized void badValue(Supplier<String> what) {
        if (badValues++ == 0) {
            firstBadValue = what.get();
        }
    }

    /** The messages since the last call, in order; all bad values are one. */
    public synchronized List<String> take() {
        List<String> taken = new ArrayList<>(messages);
        if (badValues == 1) {
            taken.add("1 value was read as NULL: " + firstBadValue);
        } else if (badValues > 1) {
            taken.add(badValues + " values were read as NULL; the first: " + firstBadValue);
        }
        messages.clear();
        badValues = 0;
        return taken;
    }
}
