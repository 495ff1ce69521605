package io.rediscalcite.adapter.client;

/** What came isn't RESP, or is too much; the connection can't be used any further. */
final class ReplyException extends Exception {
    ReplyException(String message) {
        super(message);
    }
}
