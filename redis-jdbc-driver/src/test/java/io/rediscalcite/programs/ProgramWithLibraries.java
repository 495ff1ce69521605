package io.rediscalcite.programs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.apache.calcite.linq4j.Linq4j;

/** Uses its own Guava, Jackson, Netty and Calcite before and after it queries, and says where it has them from. */
public final class ProgramWithLibraries {
    private ProgramWithLibraries() {}

    /** Queries the database at URL {@code arguments[0]}. */
    public static void main(String[] arguments) throws Exception {
        // Its own Netty looks for a log before the driver is there to say that none is no matter.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        useLibraries();
        PlainProgram.main(arguments);
        useLibraries();
    }

    private static void useLibraries() throws Exception {
        String json = new ObjectMapper().writeValueAsString(ImmutableList.of(1, 2));
        ByteBuf buffer = Unpooled.wrappedBuffer(new byte[] {1, 2, 3});
        System.out.println(json + " " + buffer.readableBytes() + " " + file(ObjectMapper.class) + " "
                + file(ImmutableList.class) + " " + file(Unpooled.class) + " " + file(Linq4j.class));
    }

    private static String file(Class<?> type) {
        String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
