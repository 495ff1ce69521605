package io.rediscalcite.adapter.error;

/** The SQLState classes that a user of Redis SQL can meet, one constant for each cause. */
public enum SqlState {
    WARNING("01000"),
    BAD_OPTION("01S00"),
    CANNOT_CONNECT("08001"),
    CONNECTION_LOST("08006"),
    FEATURE_NOT_SUPPORTED("0A000"),
    CARDINALITY("21000"),
    DATETIME_RANGE("22008"),
    BAD_VALUE("22P02"),
    KEY_EXISTS("23505"),
    BAD_CREDENTIALS("28000"),
    NOT_PERMITTED("42501"),
    INVALID_STATEMENT("42000"),
    NO_SUCH_TABLE("42S02"),
    SERVER_LIMIT("53400"),
    SERVER_OUT_OF_MEMORY("53200"),
    CANCELLED("57014"),
    TIMEOUT("HYT00"),
    SERVER_ERROR("58000"),
    INTERNAL("XX000");

    private final String code;

    SqlState(String code) {
        this.code = code;
    }

    /** The five characters that {@link java.sql.SQLException#getSQLState()} returns. */
    public String code() {
        return code;
    }
}
