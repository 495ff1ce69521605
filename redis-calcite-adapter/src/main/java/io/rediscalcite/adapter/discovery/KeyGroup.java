package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Keys that seem to belong together: how many were met, and an even sample of them. */
final class KeyGroup {
    private final int sampleSize;
    private final Random random;
    private final List<String> sample = new ArrayList<>();
    private long count;

    KeyGroup(int sampleSize, Random random) {
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
     * @param integerParts names of the parts that were plain integers in every key met
     */
    record Named(String name, KeyPattern pattern, List<String> integerParts, KeyGroup keys) {}
}
