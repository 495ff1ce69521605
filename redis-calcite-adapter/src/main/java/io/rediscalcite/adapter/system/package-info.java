/** What the server and the schemas say of themselves, as the tables of the schema {@code system}. */
@NullMarked
package io.rediscalcite.adapter.system;

import org.jspecify.annotations.NullMarked;
