package io.rediscalcite.adapter.write;

/** The errors by which a server refuses a command untried, and after which it may take it a moment later. */
final class PassingErrors {
    private PassingErrors() {}

    static boolean has(String error) {
        return error.startsWith("TRYAGAIN")
                || error.startsWith("LOADING")
                || error.startsWith("CLUSTERDOWN")
                || error.startsWith("MASTERDOWN")
                || error.startsWith("BUSY ")
                || error.startsWith("NOSCRIPT");
    }
}
