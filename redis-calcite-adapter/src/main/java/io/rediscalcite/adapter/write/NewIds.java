package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.Generated;
import java.security.SecureRandom;
import java.util.UUID;

/** Makes values of key parts that nobody else makes. */
final class NewIds {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 16;
    private static final int BITS_A_DIGIT = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private NewIds() {}

    static String of(Generated kind) {
        return switch (kind) {
            case ULID -> ulid(System.currentTimeMillis());
            case UUID -> UUID.randomUUID().toString();
        };
    }

    private static String ulid(long millis) {
        StringBuilder text = new StringBuilder(TIME_DIGITS + RANDOM_DIGITS);
        for (int digit = TIME_DIGITS - 1; digit >= 0; digit--) {
            text.append(DIGITS[(int) ((millis >>> (digit * BITS_A_DIGIT)) & (DIGITS.length - 1))]);
        }
        for (int digit = 0; digit < RANDOM_DIGITS; digit++) {
            text.append(DIGITS[RANDOM.nextInt(DIGITS.length)]);
        }
        return text.toString();
    }
}
