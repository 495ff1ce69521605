package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.client.Replies.Cursor;
import java.util.ArrayList;
import java.util.List;

/** Replies as texts that a test can compare at a glance: {@code [a, 1, null]}, {@code (error) WRONGTYPE …}. */
final class Texts {
    private Texts() {}

    /** One text for each reply. */
    static List<String> of(Replies replies) {
        List<String> texts = new ArrayList<>();
        Cursor cursor = replies.cursor();
        while (cursor.next()) {
            texts.add(value(cursor));
        }
        return texts;
    }

    static String first(Replies replies) {
        return of(replies).get(0);
    }

    private static String value(Cursor cursor) {
        return switch (cursor.kind()) {
            case NULL -> "null";
            case ERROR -> "(error) " + cursor.text();
            case ARRAY, SET, MAP -> {
                String kind = cursor.kind() == Replies.Kind.ARRAY
                        ? ""
                        : cursor.kind().name().toLowerCase(java.util.Locale.ROOT);
                List<String> children = new ArrayList<>();
                for (int left = cursor.arrayLength(); left > 0; left--) {
                    cursor.next();
                    children.add(value(cursor));
                }
                yield kind + children;
            }
            default -> cursor.text();
        };
    }
}
