package io.rediscalcite.adapter.model;

/** Matches as Redis' MATCH option does: {@code *}, {@code ?}, classes in brackets, and the backslash. */
final class GlobMatcher {
    private final String glob;
    private final String text;

    private GlobMatcher(String glob, String text) {
        this.glob = glob;
        this.text = text;
    }

    static boolean matches(String glob, String text) {
        return new GlobMatcher(glob, text).matches(0, 0);
    }

    private boolean matches(int g, int t) {
        if (g == glob.length()) {
            return t == text.length();
        }
        char c = glob.charAt(g);
        if (c == '*') {
            for (int to = t; to <= text.length(); to++) {
                if (matches(g + 1, to)) {
                    return true;
                }
            }
            return false;
        }
        if (t == text.length()) {
            return false;
        }
        if (c == '?') {
            return matches(g + 1, t + 1);
        }
        if (c == '[') {
            return matchesClass(g + 1, t);
        }
        int literal = c == '\\' && g + 1 < glob.length() ? g + 1 : g;
        return glob.charAt(literal) == text.charAt(t) && matches(literal + 1, t + 1);
    }

    private boolean matchesClass(int from, int t) {
        int g = from;
        boolean negated = g < glob.length() && glob.charAt(g) == '^';
        g += negated ? 1 : 0;
        boolean found = false;
        for (; g < glob.length() && glob.charAt(g) != ']'; g++) {
            boolean escaped = glob.charAt(g) == '\\' && g + 1 < glob.length();
            g += escaped ? 1 : 0;
            boolean range = !escaped && g + 2 < glob.length() && glob.charAt(g + 1) == '-';
            char low = glob.charAt(g);
            char high = range ? glob.charAt(g + 2) : low;
            g += range ? 2 : 0;
            found |= Math.min(low, high) <= text.charAt(t) && text.charAt(t) <= Math.max(low, high);
        }
        return found != negated && matches(Math.min(g + 1, glob.length()), t + 1);
    }
}
