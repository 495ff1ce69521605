package io.rediscalcite.adapter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternTest {
    private static KeyPattern pattern(String text) {
        return KeyPattern.parse(text, ":");
    }

    @ParameterizedTest
    @CsvSource({
        "flight:{id}, flight:17, 17",
        "flight:{id}, flight:, ''",
        "user:{id}:cart, user:17:cart, 17",
        "{a}:{b}, x:y, x|y",
        "{a}:{b}, :, |",
        "{a}-{b}, 1-2-3, 1|2-3",
        "{a}-{b}:x, 1-2-3:x, 1|2-3",
        "{a}-{b}-z, 1-2-3-z, 1|2-3",
        "{a}ab{b}, aab, a|",
        "a[b]?\\{x}, a[b]?\\7, 7",
        "{x}, anything, anything",
        "{x}, '', ''",
        "a*z{id}, abcz7, 7",
        "a*z:{id}, azbz:7, 7",
        "a*:{id}, a:b:c, c",
        "config, config, "
    })
    void matches(String pattern, String key, String parts) {
        List<String> expected = parts == null ? List.of() : List.of(parts.split("\\|", -1));

        assertEquals(Optional.of(expected), pattern(pattern).match(key));
    }

    @ParameterizedTest
    @CsvSource({
        "flight:{id}, flight",
        "flight:{id}, flights:17",
        "flight:{id}, flight:17:leg",
        "flight:{id}, xflight:17",
        "user:{id}:cart, user:17:carts",
        "user:{id}:cart, user:17:2:cart",
        "{a}:{b}, x",
        "{a}:{b}, x:y:z",
        "a?c, abc",
        "a[bc], ab",
        "config, config2"
    })
    void doesNotMatch(String pattern, String key) {
        assertEquals(Optional.empty(), pattern(pattern).match(key));
    }

    @Test
    void theSeparatorMayHaveSeveralCharacters() {
        KeyPattern pattern = KeyPattern.parse("u::{id}::{part}", "::");

        assertEquals(Optional.of(List.of("1:2", "x")), pattern.match("u::1:2::x"));
        assertEquals(Optional.of(List.of("", ":x")), pattern.match("u:::::x"));
        assertEquals(Optional.empty(), pattern.match("u::1::2::x"));
        assertEquals(Optional.of("u::1:2::x"), pattern.key(Map.of("id", "1:2", "part", "x")));
        assertEquals(Optional.empty(), pattern.key(Map.of("id", "1:", "part", "x")));
    }

    @Test
    void anEmptySeparatorSplitsNothing() {
        assertEquals(Optional.of(List.of("a:b")), KeyPattern.parse("k{id}", "").match("ka:b"));
    }

    @Test
    void aKeyIsMadeOnlyIfItIsReadBackTheSame() {
        assertEquals(Optional.of("user:17:cart"), pattern("user:{id}:cart").key(Map.of("id", "17", "other", "x")));
        assertEquals(Optional.of("user::cart"), pattern("user:{id}:cart").key(Map.of("id", "")));
        assertEquals(Optional.empty(), pattern("user:{id}:cart").key(Map.of("id", "1:7")));
        assertEquals(Optional.empty(), pattern("user:{id}:cart").key(Map.of()));
        assertEquals(Optional.of("1-2-3"), pattern("{a}-{b}").key(Map.of("a", "1", "b", "2-3")));
        assertEquals(Optional.empty(), pattern("{a}-{b}").key(Map.of("a", "1-2", "b", "3")));
        assertEquals(Optional.empty(), pattern("user:{id}:*").key(Map.of("id", "1")));
        assertEquals(Optional.of("config"), pattern("config").key(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "flight:{id}, flight:*",
        "user:{id}:cart, user:*:cart",
        "a[b]?\\^{x}, 'a\\[b\\]\\?\\\\^*'",
        "a*b{x}, a*b*",
        "config, config"
    })
    void globs(String pattern, String glob) {
        assertEquals(glob, pattern(pattern).glob());
    }

    @Test
    void knownPartsNarrowTheGlob() {
        KeyPattern pattern = pattern("user:{id}:{item}");

        assertEquals("user:17:*", pattern.glob(Map.of("id", "17")));
        assertEquals("user:*:\\*\\[x", pattern.glob(Map.of("item", "*[x")));
    }

    @Test
    void aStarThatIsTextDoesNotSwallowTheNextWildcard() {
        KeyPattern pattern = new KeyPattern(List.of(new KeyPattern.Literal("a*"), new KeyPattern.Part("id")), ":");

        assertEquals("a\\**", pattern.glob());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "flight:{id", "{}", "a{}b", "{a}{b}", "{a}*", "**", "{a}:{a}", "{a{b}}"})
    void refusesMalformedPatterns(String pattern) {
        String message = assertThrows(IllegalArgumentException.class, () -> pattern(pattern))
                .getMessage();

        assertTrue(message.contains("pattern"), message);
    }

    @Test
    void saysWhatItIs() {
        assertEquals("user:{id}:*", pattern("user:{id}:*").toString());
        assertEquals("user:", pattern("user:{id}").literalPrefix());
        assertEquals("", pattern("{id}").literalPrefix());
        assertEquals(List.of("a", "b"), pattern("{a}:{b}").parts());
        assertTrue(pattern("config").isSingleKey());
        assertFalse(pattern("config*").isSingleKey());
    }

    @Provide
    Arbitrary<KeyPattern> patterns() {
        Arbitrary<String> literal =
                Arbitraries.strings().withChars("ab:-*?[]\\^").ofMinLength(1).ofMaxLength(3);
        Arbitrary<Integer> variables = Arbitraries.integers().between(0, 2);
        return Combinators.combine(
                        literal.list().ofSize(3),
                        variables.list().ofSize(3),
                        Arbitraries.of(":", "::", "-", ""),
                        Arbitraries.of(true, false))
                .as((literals, kinds, separator, literalFirst) -> {
                    List<KeyPattern.Segment> segments = new ArrayList<>();
                    for (int i = 0; i < kinds.size(); i++) {
                        if (literalFirst || i > 0) {
                            segments.add(new KeyPattern.Literal(literals.get(i)));
                        }
                        if (kinds.get(i) < 2) {
                            segments.add(kinds.get(i) == 0 ? new KeyPattern.Part("p" + i) : new KeyPattern.Wildcard());
                        }
                    }
                    return new KeyPattern(segments, separator);
                });
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab:-*?[]\\^").ofMaxLength(4);
    }

    private static String fill(KeyPattern pattern, List<String> texts) {
        StringBuilder key = new StringBuilder();
        int next = 0;
        for (KeyPattern.Segment segment : pattern.segments()) {
            key.append(segment instanceof KeyPattern.Literal literal ? literal.text() : texts.get(next++));
        }
        return key.toString();
    }

    private static Map<String, String> byName(KeyPattern pattern, List<String> texts) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            values.put(pattern.parts().get(i), texts.get(i));
        }
        return values;
    }

    @Property
    void everyRowsKeyFitsTheGlob(@ForAll("patterns") KeyPattern pattern, @ForAll("fourTexts") List<String> texts) {
        String key = fill(pattern, texts);
        Optional<List<String>> parts = pattern.match(key);
        Assume.that(parts.isPresent());

        assertTrue(GlobMatcher.matches(pattern.glob(), key), () -> pattern.glob() + " must match " + key);
        Map<String, String> known = byName(pattern, parts.get());
        assertTrue(GlobMatcher.matches(pattern.glob(known), key), () -> pattern.glob(known) + " must match " + key);
    }

    @Property
    void partsAndKeyAreOneToOne(@ForAll("patterns") KeyPattern pattern, @ForAll("fourTexts") List<String> texts) {
        Assume.that(pattern.segments().stream().noneMatch(KeyPattern.Wildcard.class::isInstance));
        List<String> parts = texts.subList(0, pattern.parts().size());
        Optional<String> key = pattern.key(byName(pattern, parts));

        key.ifPresent(made -> assertEquals(Optional.of(parts), pattern.match(made)));
        String filled = fill(pattern, texts);
        pattern.match(filled).ifPresent(read -> assertEquals(Optional.of(filled), pattern.key(byName(pattern, read))));
    }

    @Property
    void aPartHoldsNoSeparatorAndIsFoundAgain(
            @ForAll("patterns") KeyPattern pattern, @ForAll("fourTexts") List<String> texts) {
        Optional<List<String>> parts = pattern.match(fill(pattern, texts));
        Assume.that(parts.isPresent() && !pattern.separator().isEmpty());

        parts.get().forEach(part -> assertFalse(part.contains(pattern.separator())));
    }

    @Property
    void aKeyOfPlainPartsAlwaysMatches(@ForAll("patterns") KeyPattern pattern) {
        String key = fill(pattern, List.of("xx", "y", "", "z"));

        assertTrue(pattern.match(key).isPresent(), () -> pattern + " must match " + key);
    }

    @Provide
    Arbitrary<List<String>> fourTexts() {
        return texts().list().ofSize(4);
    }
}
