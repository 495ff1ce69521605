package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.search.IndexDefinition.Attribute;
import io.rediscalcite.adapter.type.BadValueException;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How TAG and TEXT attributes hold a value, so as to ask for it: cut at separators, trimmed, cut into words.
 *
 * <p>All of it finds more values than the one, {@code A} and {@code 'a,b'} for {@code a}; it finds that one in any case.
 */
final class TextTerms {
    /** Longer pieces are cut when they are indexed, and then not found. */
    private static final int LONGEST_PIECE = 4096;

    private static final String BLANKS = " \t\n\u000b\f\r";
    private static final Pattern PLAIN_WORDS = Pattern.compile("[A-Za-z0-9 ]+");
    private static final Set<String> STOP_WORDS = Set.of(
            "a", "is", "the", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "it", "no",
            "not", "of", "on", "or", "such", "that", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with");

    private TextTerms() {}

    /**
     * The tags that a document with the value has at least, as bytes to bind; none where that is the empty tag alone. Empty
     * where it can't be known.
     */
    static Optional<List<byte[]>> tags(Attribute attribute, String value) {
        List<byte[]> tags = new ArrayList<>();
        for (String piece : pieces(attribute, value)) {
            Optional<byte[]> tag = tag(piece);
            if (tag.isEmpty()) {
                return Optional.empty();
            }
            tags.add(tag.get());
        }
        boolean known = !tags.isEmpty() || attribute.is("INDEXEMPTY");
        return known ? Optional.of(tags) : Optional.empty();
    }

    /** What a tag begins with if its value begins with {@code prefix}, as bytes to bind; empty where that says too little. */
    static Optional<byte[]> tagPrefix(Attribute attribute, String prefix) {
        List<String> pieces = pieces(attribute, prefix);
        boolean whole = pieces.size() == 1
                && (attribute.separator().isEmpty() || !prefix.contains(attribute.separator()))
                && pieces.get(0).length() > 1;
        return whole ? tag(pieces.get(0)) : Optional.empty();
    }

    private static List<String> pieces(Attribute attribute, String value) {
        if (attribute.separator().isEmpty()) {
            return value.isEmpty() ? List.of() : List.of(value);
        }
        List<String> pieces = new ArrayList<>();
        for (String piece : value.split(Pattern.quote(attribute.separator()), -1)) {
            String trimmed = trim(piece);
            if (!trimmed.isEmpty()) {
                pieces.add(trimmed);
            }
        }
        return pieces;
    }

    private static String trim(String piece) {
        int start = 0;
        int end = piece.length();
        while (start < end && BLANKS.indexOf(piece.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BLANKS.indexOf(piece.charAt(end - 1)) >= 0) {
            end--;
        }
        return piece.substring(start, end);
    }

    /** The bytes of a tag in which each backslash is doubled, since the server reads one as an escape even there. */
    private static Optional<byte[]> tag(String piece) {
        if (piece.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        try {
            byte[] plain = Text.encode(piece);
            return plain.length > LONGEST_PIECE
                    ? Optional.empty()
                    : Optional.of(Text.encode(piece.replace("\\", "\\\\")));
        } catch (BadValueException halfACharacter) {
            return Optional.empty();
        }
    }

    /** The words that a TEXT with the value has at least; empty where the server may cut it otherwise. */
    static Optional<String> words(IndexDefinition index, String value) {
        if (index.language() != null || !PLAIN_WORDS.matcher(value).matches()) {
            return Optional.empty();
        }
        List<String> stopWords = index.stopWords();
        List<String> words = new ArrayList<>();
        for (String word : value.toLowerCase(Locale.ROOT).split(" +")) {
            boolean indexed = stopWords == null ? !STOP_WORDS.contains(word) : !contains(stopWords, word);
            if (!word.isEmpty() && indexed) {
                words.add(word);
            }
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }

    private static boolean contains(List<String> stopWords, String word) {
        return stopWords.stream().anyMatch(word::equalsIgnoreCase);
    }
}
