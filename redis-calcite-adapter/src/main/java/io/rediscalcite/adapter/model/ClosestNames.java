package io.rediscalcite.adapter.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the user may have meant by a name that doesn't exist. */
public final class ClosestNames {
    private static final int SHOWN = 3;
    /** Longer than any valid name; what is behind it can't make a name closer. */
    private static final int COMPARED = 64;
    /** Shorter pieces are in too many names. */
    private static final int SHORTEST_PIECE = 3;

    private ClosestNames() {}

    /** The up to three names of {@code valid} with the fewest typing mistakes between them and {@code name}, closest first. */
    public static List<String> of(String name, Collection<String> valid) {
        return valid.stream()
                .distinct()
                .sorted(Comparator.<String>comparingInt(candidate -> mistakes(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    /** A half-sentence for a message: {@code closest valid names: batchSize, database, user}. */
    static String hint(String name, Collection<String> valid) {
        return "closest valid names: " + String.join(", ", of(name, valid));
    }

    /**
     * Insertions, deletions, replacements and swaps of neighbours (optimal string alignment); case counts for nothing, and a
     * piece of a name ({@code timeout} of {@code connectTimeout}) counts as one mistake.
     */
    private static int mistakes(String one, String other) {
        String a = one.substring(0, Math.min(one.length(), COMPARED)).toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        if (a.length() >= SHORTEST_PIECE && !a.equals(b) && b.contains(a)) {
            return 1;
        }
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int best = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                distance[i][j] = swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
            }
        }
        return distance[a.length()][b.length()];
    }
}
