package io.rediscalcite.adapter.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyTreeTest {
    private static List<KeyGroup.Named> groups(Stream<String> keys) {
        KeyTree tree = new KeyTree(":", 10);
        keys.forEach(tree::add);
        return tree.groups();
    }

    /** Each pattern as {@code table = pattern (count)}, in alphabetical order. */
    private static List<String> patterns(Stream<String> keys) {
        return groups(keys).stream()
                .map(group -> group.name() + " = " + group.pattern() + " ("
                        + group.keys().count() + ")")
                .sorted()
                .toList();
    }

    private static List<String> patterns(String... keys) {
        return patterns(Stream.of(keys));
    }

    @Test
    void numbersAreParts() {
        assertEquals(
                List.of("user = user:{id} (2)", "user_cart = user:{id}:cart (1)"),
                patterns("user:1", "user:2", "user:2:cart"));
    }

    @Test
    void namesOfOneLevelThatEndThereAreValuesOfAPart() {
        assertEquals(List.of("airline = airline:{id} (3)"), patterns("airline:UA", "airline:AA", "airline:9E"));
    }

    @Test
    void aLoneKeyIsItself() {
        assertEquals(
                List.of("app_settings = app:settings (1)", "queue = queue (1)"), patterns("queue", "app:settings"));
    }

    @Test
    void aNameBesideNumbersIsAValueOfTheirPart() {
        List<KeyGroup.Named> groups = groups(Stream.of("user:1", "user:admin"));
        assertEquals(1, groups.size());
        assertEquals("user:{id}", groups.get(0).pattern().toString());
        assertFalse(groups.get(0).always("id", KeyForm.INTEGER));
    }

    @Test
    void namesUnderWhichKeysGoOnAreLiterals() {
        assertEquals(
                List.of("app_order = app:order:{id} (2)", "app_user = app:user:{id} (2)"),
                patterns("app:user:1", "app:user:2", "app:order:1", "app:order:2"));
    }

    @Test
    void uuidsAndUlidsAndHashesAreParts() {
        assertEquals(
                List.of("blob = blob:{id} (1)", "cart = cart:{id} (1)", "session_log = session:{id}:log (1)"),
                patterns(
                        "session:6fa459ea-ee8a-3ca4-894e-db77e160355e:log",
                        "cart:01ARZ3NDEKTSV4RRFFQ69G5FAV",
                        "blob:d41d8cd98f00b204e9800998ecf8427e"));
    }

    @Test
    void severalPartsAreNumbered() {
        List<KeyGroup.Named> groups = groups(Stream.of("a:1:b:2", "a:3:b:4"));
        assertEquals("a:{id1}:b:{id2}", groups.get(0).pattern().toString());
        assertEquals("a_b", groups.get(0).name());
        assertTrue(groups.get(0).always("id1", KeyForm.INTEGER));
        assertTrue(groups.get(0).always("id2", KeyForm.INTEGER));
    }

    @Test
    void tooManyInnerNamesAreAPart() {
        Stream<String> keys = IntStream.range(0, 500).mapToObj(i -> "plane:" + name(i) + ":log");
        assertEquals(List.of("plane_log = plane:{id}:log (500)"), patterns(keys));
    }

    @Test
    void manyLoneKeysAreOneTable() {
        Stream<String> keys = IntStream.range(0, 500).mapToObj(KeyTreeTest::name);
        assertEquals(List.of("keys = {id} (500)"), patterns(keys));
    }

    @Test
    void leadingZerosAreNoIntegers() {
        assertFalse(groups(Stream.of("a:007", "a:1")).get(0).always("id", KeyForm.INTEGER));
        assertTrue(groups(Stream.of("a:7", "a:-1")).get(0).always("id", KeyForm.INTEGER));
    }

    @Test
    void theSampleIsBoundedAndEven() {
        KeyTree tree = new KeyTree(":", 10);
        IntStream.range(0, 100_000).forEach(i -> tree.add("k:" + i));
        List<String> sample = tree.groups().get(0).keys().sample();
        assertEquals(10, sample.size());
        double mean = sample.stream()
                .mapToInt(key -> Integer.parseInt(key.substring(2)))
                .average()
                .orElseThrow();
        assertTrue(mean > 20_000 && mean < 80_000, () -> "sampled " + sample);
    }

    @Test
    void everyKeyIsCountedOnceThroughAllMerging() {
        Stream<String> keys = IntStream.range(0, 3000).mapToObj(i -> switch (i % 5) {
            case 0 -> "u:" + i;
            case 1 -> "u:" + name(i);
            case 2 -> "u:" + name(i) + ":x";
            case 3 -> "u:" + i + ":x";
            default -> name(i);
        });
        long counted =
                groups(keys).stream().mapToLong(group -> group.keys().count()).sum();
        assertEquals(3000, counted);
    }

    private static String name(int i) {
        return Integer.toString(i, 36)
                .chars()
                .mapToObj(c -> String.valueOf((char) ('g' + (c % 17))))
                .collect(Collectors.joining("", "n", "-" + (char) ('a' + i % 26) + Integer.toString(i, 36)));
    }
}
