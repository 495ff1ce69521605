/** The server mode: Avatica's HTTP server in front of the driver. */
@NullMarked
package io.rediscalcite.shell.serve;

import org.jspecify.annotations.NullMarked;
