/** The demo: a private Redis Stack, the flights of New York's airports in January 2013 loaded into it, and a tour of SQL over them. */
@NullMarked
package io.rediscalcite.shell.demo;

import org.jspecify.annotations.NullMarked;
