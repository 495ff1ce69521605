package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Keys that seem to belong together: how many were met, and an even sample of them. */
final class KeyGroup {
    private final int sampleSize;
    private final SplittableRandom random;
    private final List<String> sample = new ArrayList<>();
    private long count;

    KeyGroup(int sampleSize, SplittableRandom random) {
        this.sampleSize = sampleSize;
        this.random = random;
    }

    /** Every key met has the same chance to be in the sample. */
    void add(String key) {
        count++;
        if (sample.size() < sampleSize) {
            sample.add(key);
            return;
        }
        long place = (long) (random.nextDouble() * count);
        if (place < sampleSize) {
            sample.set((int) place, key);
        }
    }

    void addAll(KeyGroup other) {
        long unseen = other.count - other.sample.size();
        other.sample.forEach(this::add);
        count += unseen;
    }

    long count() {
        return count;
    }

    List<String> sample() {
        return List.copyOf(sample);
    }

    /**
     * A group whose pattern is known.
     *
     * @param partForms for each part of the pattern the forms that it has in all keys met
     */
    record Named(String name, KeyPattern pattern, Map<String, Set<KeyForm>> partForms, KeyGroup keys) {
        /** Whether the part has this form in every key met. */
        boolean always(String part, KeyForm form) {
            return Set.of(form).equals(partForms.get(part));
        }
    }
}
