package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.KeyPattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds the patterns that keys follow: a tree of their segments, in which segments that vary are one branch.
 *
 * <p>A segment varies if it looks like an id (a number, a date, a UUID, a ULID, a long hexadecimal number), or if it has too many siblings to
 * be a name. Of {@code user:1}, {@code user:2} and {@code user:2:cart} come {@code user:{id}} and {@code user:{id}:cart};
 * of {@code airline:UA} and {@code airline:AA} comes {@code airline:{id}}; a lone {@code settings} stays itself. Its size depends on the
 * patterns, not on the keys.
 */
final class KeyTree {
    /** Sibling names at which keys end; more than these are values of one part. */
    private static final int MAX_LEAF_NAMES = 20;
    /** Sibling names under which keys go on. */
    private static final int MAX_INNER_NAMES = 200;
    /** Names of keys without a separator. */
    private static final int MAX_ROOT_NAMES = 100;

    private static final class Node {
        final Map<String, Node> names = new LinkedHashMap<>();

        @Nullable
        Node varying;

        @Nullable
        KeyGroup ending;

        boolean leavesVary;
        boolean allVary;
        /** Of a varying branch: the forms of its segments. */
        final Set<KeyForm> forms = EnumSet.noneOf(KeyForm.class);
    }

    private final String separator;
    private final int sampleSize;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Node root = new Node();
    private long count;

    KeyTree(String separator, int sampleSize) {
        this.separator = separator;
        this.sampleSize = sampleSize;
    }

    long count() {
        return count;
    }

    void add(String key) {
        count++;
        Node node = root;
        int from = 0;
        while (true) {
            int end = separator.isEmpty() ? -1 : key.indexOf(separator, from);
            node = child(node, key, from, end < 0 ? key.length() : end, end < 0);
            if (end < 0) {
                break;
            }
            from = end + separator.length();
        }
        ending(node).add(key);
    }

    private KeyGroup ending(Node node) {
        if (node.ending == null) {
            node.ending = new KeyGroup(sampleSize, random);
        }
        return node.ending;
    }

    private Node child(Node parent, String key, int from, int to, boolean last) {
        KeyForm form = KeyForm.of(key, from, to);
        if (form == KeyForm.NAME && !variesHere(parent, last)) {
            String segment = key.substring(from, to);
            Node named = parent.names.get(segment);
            if (named != null) {
                return named;
            }
            Node added = new Node();
            parent.names.put(segment, added);
            limitNames(parent, last);
            if (!variesHere(parent, last)) {
                return added;
            }
        }
        Node varying = varying(parent);
        varying.forms.add(form);
        return varying;
    }

    private static boolean variesHere(Node parent, boolean last) {
        return parent.allVary || (last && parent.leavesVary);
    }

    private static Node varying(Node parent) {
        if (parent.varying == null) {
            parent.varying = new Node();
        }
        return parent.varying;
    }

    private void limitNames(Node parent, boolean last) {
        if (last) {
            long leaves = parent.names.values().stream()
                    .filter(child -> child.ending != null)
                    .count();
            if (leaves >= (parent == root ? MAX_ROOT_NAMES : MAX_LEAF_NAMES)) {
                mergeLeaves(parent);
            }
        }
        if (parent.names.size() > (parent == root ? 10 * MAX_INNER_NAMES : MAX_INNER_NAMES)) {
            Node varying = varying(parent);
            varying.forms.add(KeyForm.NAME);
            parent.allVary = true;
            parent.names.values().forEach(child -> merge(varying, child));
            parent.names.clear();
        }
    }

    /** Makes all keys that end one segment below {@code parent} keys of its varying branch. */
    private void mergeLeaves(Node parent) {
        Node varying = varying(parent);
        varying.forms.add(KeyForm.NAME);
        parent.leavesVary = true;
        for (Node child : parent.names.values()) {
            if (child.ending != null) {
                ending(varying).addAll(child.ending);
                child.ending = null;
            }
        }
        parent.names.values().removeIf(child -> child.names.isEmpty() && child.varying == null);
    }

    private void merge(Node into, Node from) {
        into.forms.addAll(from.forms);
        if (from.ending != null) {
            ending(into).addAll(from.ending);
        }
        from.names.forEach((name, child) -> merge(into.names.computeIfAbsent(name, any -> new Node()), child));
        if (from.varying != null) {
            merge(varying(into), from.varying);
        }
    }

    /** The patterns found, in no particular order. */
    List<KeyGroup.Named> groups() {
        List<KeyGroup.Named> found = new ArrayList<>();
        collect(root, List.of(), List.of(), found);
        return found;
    }

    private void collect(Node node, List<Optional<String>> path, List<Set<KeyForm>> forms, List<KeyGroup.Named> found) {
        if (node != root) {
            long leaves = node.names.values().stream()
                    .filter(child -> child.ending != null)
                    .count();
            boolean varyingLeaf = node.varying != null && node.varying.ending != null;
            if (leaves > 1 || (leaves == 1 && varyingLeaf)) {
                mergeLeaves(node);
            }
        }
        if (node.ending != null) {
            found.add(named(path, forms, node.ending));
        }
        node.names.forEach((name, child) -> collect(child, longer(path, Optional.of(name)), forms, found));
        if (node.varying != null) {
            collect(node.varying, longer(path, Optional.empty()), longer(forms, node.varying.forms), found);
        }
    }

    private static <T> List<T> longer(List<T> list, T last) {
        List<T> more = new ArrayList<>(list);
        more.add(last);
        return more;
    }

    private KeyGroup.Named named(List<Optional<String>> path, List<Set<KeyForm>> forms, KeyGroup keys) {
        List<KeyPattern.Segment> segments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Map<String, Set<KeyForm>> partForms = new LinkedHashMap<>();
        StringBuilder literal = new StringBuilder();
        int part = 0;
        for (int i = 0; i < path.size(); i++) {
            if (i > 0) {
                literal.append(separator);
            }
            Optional<String> name = path.get(i);
            if (name.isPresent()) {
                literal.append(name.get());
                if (!name.get().isBlank()) {
                    names.add(name.get());
                }
                continue;
            }
            if (!literal.isEmpty()) {
                segments.add(new KeyPattern.Literal(literal.toString()));
                literal.setLength(0);
            }
            String partName = forms.size() == 1 ? "id" : "id" + (part + 1);
            partForms.put(partName, forms.get(part));
            part++;
            segments.add(new KeyPattern.Part(partName));
        }
        if (!literal.isEmpty()) {
            segments.add(new KeyPattern.Literal(literal.toString()));
        }
        String tableName = names.isEmpty() ? "keys" : String.join("_", names);
        return new KeyGroup.Named(tableName, new KeyPattern(segments, separator), partForms, keys);
    }
}
