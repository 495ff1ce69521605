package io.rediscalcite.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.calcite.avatica.DriverVersion;

/** Names and versions of the driver. */
final class Product {
    static final String DRIVER_NAME = "Redis SQL JDBC Driver";
    static final String DATABASE_NAME = "Redis";

    private Product() {}

    /** The driver's version, as the build wrote it into {@code version.properties}. */
    static DriverVersion version() {
        String version = versionText();
        String[] parts = version.split("[.-]", -1);
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        return new DriverVersion(DRIVER_NAME, version, DATABASE_NAME, "", false, major, minor, 0, 0);
    }

    private static String versionText() {
        Properties properties = new Properties();
        try (InputStream in = Product.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing from the driver's jar");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
