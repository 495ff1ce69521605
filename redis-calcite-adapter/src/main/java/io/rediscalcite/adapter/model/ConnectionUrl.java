package io.rediscalcite.adapter.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection URL taken apart and percent-decoded, nothing checked yet but its shape.
 *
 * <p>Its messages never repeat a piece of the URL that may be the password.
 *
 * @param hosts as written; empty where the URL names none
 * @param parameters what userinfo, path and query say, by the name of the connection property
 */
record ConnectionUrl(List<Host> hosts, Map<String, String> parameters) {
    static final String PREFIX = "jdbc:redis-sql:";
    private static final int MAX_PORT = 65_535;
    private static final String FORM =
            "a URL is jdbc:redis-sql://[user[:password]@]host[:port][,host[:port]...][/database][?name=value[&name=value]...]";

    /**
     * A host as the URL has it.
     *
     * @param port null where the URL leaves it out
     */
    record Host(String name, @Nullable Integer port) {}

    /** @throws IllegalArgumentException with a message for the user, if the URL is malformed */
    static ConnectionUrl parse(String url) {
        if (!url.startsWith(PREFIX + "//")) {
            throw new IllegalArgumentException("the URL doesn't begin with jdbc:redis-sql://; " + FORM);
        }
        String rest = url.substring(PREFIX.length() + 2);
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String beforeQuery = question < 0 ? rest : rest.substring(0, question);
        int slash = beforeQuery.indexOf('/');
        String path = slash < 0 ? "" : beforeQuery.substring(slash + 1);
        String authority = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
        refuseUnescapedPassword(authority, path, query);

        Map<String, String> parameters = new LinkedHashMap<>();
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String userInfo = authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            put(parameters, ConnectionProperty.USER, colon < 0 ? userInfo : userInfo.substring(0, colon));
            put(parameters, ConnectionProperty.PASSWORD, colon < 0 ? "" : userInfo.substring(colon + 1));
        }
        put(parameters, ConnectionProperty.DATABASE, path);
        if (!query.isEmpty()) {
            for (String parameter : query.split("&", -1)) {
                addParameter(parameters, parameter);
            }
        }
        return new ConnectionUrl(hosts(authority.substring(at + 1)), parameters);
    }

    /**
     * A / or ? in a password cuts it in two, and the halves would be taken for host, database and options, and be shown as
     * such.
     */
    private static void refuseUnescapedPassword(String authority, String path, String query) {
        String firstParameter = query.split("&", 2)[0];
        boolean known =
                ConnectionProperty.ofName(firstParameter.split("=", 2)[0]).isPresent();
        if (!authority.contains("@") && (path.contains("@") || (firstParameter.contains("@") && !known))) {
            throw new IllegalArgumentException(
                    "the URL has a / or a ? in front of its @; in a user's name or a password"
                            + " write them as %2F and %3F; " + FORM);
        }
    }

    private static void put(Map<String, String> parameters, ConnectionProperty property, String encoded) {
        if (!encoded.isEmpty()) {
            parameters.put(property.propertyName(), decode(encoded, property.propertyName()));
        }
    }

    private static void addParameter(Map<String, String> parameters, String parameter) {
        int equals = parameter.indexOf('=');
        String name = decode(equals < 0 ? parameter : parameter.substring(0, equals), "name of an option");
        if (equals < 0) {
            throw new IllegalArgumentException(
                    name.isEmpty()
                            ? "the URL has an & without an option; " + FORM
                            : "the URL's option " + name + " has no value: expected " + name + "=value");
        }
        String value = decode(parameter.substring(equals + 1), name);
        if (parameters.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("the URL gives " + name + " twice");
        }
    }

    private static List<Host> hosts(String text) {
        List<Host> hosts = new ArrayList<>();
        if (text.isEmpty()) {
            return hosts;
        }
        for (String host : text.split(",", -1)) {
            hosts.add(host(host));
        }
        return hosts;
    }

    private static Host host(String text) {
        int close = text.lastIndexOf(']');
        boolean bracketed = text.startsWith("[");
        if (bracketed && close < 0) {
            throw new IllegalArgumentException("the URL's host '" + text + "' has a [ without a ]");
        }
        int colon = text.indexOf(':', bracketed ? close : 0);
        String name = colon < 0 ? text : text.substring(0, colon);
        if (bracketed) {
            if (name.length() != close + 1) {
                throw new IllegalArgumentException("the URL's host '" + text + "' has text behind the ]");
            }
            name = name.substring(1, close);
        }
        name = decode(name, "host");
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("the URL has an empty host in its list of hosts; " + FORM);
        }
        return new Host(name, colon < 0 ? null : port(text.substring(colon + 1), name));
    }

    private static int port(String text, String host) {
        boolean digits = text.matches("[0-9]{1,5}");
        int port = digits ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("the URL's host '" + host + "' has the port '" + text
                    + "': expected a number from 1 to " + MAX_PORT + "; an IPv6 address is written in brackets");
        }
        return port;
    }

    /** @throws IllegalArgumentException that names {@code what}, not the text */
    private static String decode(String text, String what) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ) {
            if (text.charAt(at) == '%') {
                int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
                int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformedPercent(what, null);
                }
                bytes.write(high * 16 + low);
                at += 3;
            } else {
                int next = text.indexOf('%', at);
                int end = next < 0 ? text.length() : next;
                bytes.writeBytes(text.substring(at, end).getBytes(UTF_8));
                at = end;
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformedPercent(what, notUtf8);
        }
    }

    private static IllegalArgumentException malformedPercent(String what, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "the URL's " + what
                        + " has a % that doesn't begin a percent-encoded UTF-8 byte, such as %2F; a % itself is %25",
                cause);
    }

    /** {@code text} with every character percent-encoded that would end a piece of a URL. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || "-._~*$!()".indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
            }
        }
        return encoded.toString();
    }
}
