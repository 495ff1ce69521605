package io.rediscalcite.jdbc.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rediscalcite.adapter.error.RedisSqlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    @ParameterizedTest
    @CsvSource({
        "abc,abc,true",
        "abc,ab,false",
        "abc,a%,true",
        "abc,%c,true",
        "abc,%b%,true",
        "abc,_b_,true",
        "abc,__,false",
        "abc,____,false",
        "aXbXc,a%X%c,true",
        "mississippi,m%iss%ip_i,true",
        "mississippi,%ss%ss%ss%,false",
        "'',%,true",
        "'','',true",
        "'',_,false",
        "a😀b,a_b,true",
        "😀😀,__,true",
        "a.c,a_c,true",
        "abc,a.c,false",
        "ABC,abc,false"
    })
    void like(String text, String pattern, boolean matches) {
        assertEquals(matches, LikePattern.like(text, pattern));
    }

    @Test
    void anyCharacterMayBeTheEndOfALine() {
        assertEquals(true, LikePattern.like("a\nb", "a_b"));
        assertEquals(true, LikePattern.like("a\r\nb", "a%b"));
    }

    @ParameterizedTest
    @CsvSource({"a%b,a!%b,true", "axb,a!%b,false", "a_b,a!_b,true", "a!b,a!!b,true", "axb,a_b,true", "a%,%!%,true"})
    void escape(String text, String pattern, boolean matches) {
        assertEquals(matches, LikePattern.like(text, pattern, "!"));
    }

    @Test
    void anEscapeIsOneCharacterThatAnotherFollows() {
        assertThrows(RedisSqlException.class, () -> LikePattern.like("a", "a", "!!"));
        assertThrows(RedisSqlException.class, () -> LikePattern.like("ab", "a!", "!"));
    }

    @ParameterizedTest
    @CsvSource({"КЛЮЧ,ключ,true", "ключ,К%,true", "straße,STRASSE,false", "ABC,a_c,true", "Σ,ς,true"})
    void likeIgnoringCase(String text, String pattern, boolean matches) {
        assertEquals(matches, LikePattern.likeIgnoringCase(text, pattern));
    }
}
