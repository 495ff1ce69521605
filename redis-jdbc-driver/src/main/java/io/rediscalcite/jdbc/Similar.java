package io.rediscalcite.jdbc;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names that are like a misspelt one. */
final class Similar {
    private static final int MOST = 5;

    private Similar() {}

    /** The names most like {@code name}, nearest first, as a list to read; empty if there are no names at all. */
    static Optional<String> names(String name, Collection<String> known) {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        List<String> nearest = known.stream()
                .sorted(Comparator.<String>comparingInt(other ->
                                Math.min(distance(wanted, other.toLowerCase(Locale.ROOT)), wanted.length() / 2 + 1))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
        String more = known.size() > MOST ? ", … (" + known.size() + " in all)" : "";
        return Optional.of(nearest.stream().collect(Collectors.joining(", ")) + more);
    }

    /** Levenshtein's distance, where a name that holds the other is near. */
    private static int distance(String left, String right) {
        if (!left.isEmpty() && (right.contains(left) || left.contains(right))) {
            return 1;
        }
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
