package io.rediscalcite.adapter.exec;

/** An index can't answer now, for the reason in the message; the keys are scanned for instead. */
final class IndexUnfitException extends RuntimeException {
    IndexUnfitException(String reason) {
        super(reason, null, false, false);
    }
}
