/**
 * What a statement's text is, before Calcite's parser sees it: the few statements and clauses that its grammar doesn't have are
 * recognised here, and nowhere else.
 */
@NullMarked
package io.rediscalcite.jdbc.statement;

import org.jspecify.annotations.NullMarked;
