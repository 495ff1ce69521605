/**
 * How rows are written: a writer a type turns each row into one command or one script call, which Redis runs whole or not at
 * all, or into its part of a call that new hashes share; a session sends them in pipelines to the nodes that own their keys, and keeps the truth about each.
 */
@NullMarked
package io.rediscalcite.adapter.write;

import org.jspecify.annotations.NullMarked;
